// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BridgeServer

/// The spellings of a URL.
@Suite struct PublicAddressTests {
    @Test(
        arguments: [
            (
                "wss://a.example", "/v1/x", nil,
                [
                    "wss://a.example/v1/x", "wss://a.example/v1/x/", "wss://a.example:443/v1/x",
                    "wss://a.example:443/v1/x/",
                ]
            ),
            (
                "ws://[2001:db8::1]:8080/calls", "/", "a=b",
                [
                    "ws://[2001:db8::1]:8080/calls/?a=b", "ws://[2001:db8::1]:8080/calls?a=b",
                    "ws://[2001:db8::1]/calls/?a=b", "ws://[2001:db8::1]/calls?a=b",
                ]
            ),
            (
                "ws://[::1]", "/x", nil,
                ["ws://[::1]/x", "ws://[::1]/x/", "ws://[::1]:80/x", "ws://[::1]:80/x/"]
            ),
        ] as [(String, String, String?, [String])]
    )
    func `With the port and without, with a slash and without`(
        url: String,
        path: String,
        query: String?,
        spellings: [String]
    ) throws {
        let address = try #require(PublicAddress(url))
        #expect(address.urls(path: path, query: query) == spellings)
    }
}
