// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import WebSocketWire

@Suite struct WebSocketURLTests {
    static let good: [(String, Bool, String, Int, String, String)] = [
        ("ws://127.0.0.1:8080/v1/ivr-solutions", false, "127.0.0.1", 8_080, "/v1/ivr-solutions", "127.0.0.1:8080"),
        ("wss://bot.example.net", true, "bot.example.net", 443, "/", "bot.example.net"),
        ("WSS://bot.example.net:443/a?b=c", true, "bot.example.net", 443, "/a?b=c", "bot.example.net"),
        ("ws://bot.example.net?b", false, "bot.example.net", 80, "/?b", "bot.example.net"),
        ("wss://[::1]:8443/x", true, "::1", 8_443, "/x", "[::1]:8443"), ("ws://[::1]", false, "::1", 80, "/", "[::1]"),
    ]

    @Test(arguments: good)
    func `URLs are taken apart`(
        text: String,
        isSecure: Bool,
        host: String,
        port: Int,
        target: String,
        header: String
    ) throws {
        let url = try WebSocketURL(text)
        #expect(url.isSecure == isSecure)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.target == target)
        #expect(url.hostHeader == header)
    }

    @Test(arguments: [
        "", "bot.example.net", "http://bot.example.net", "ws:/x", "ws://", "ws://:80", "ws://a:0", "ws://a:65536",
        "ws://a:x", "ws://a b/", "ws://a/#b", "ws://user:secret@a/", "ws://[::1", "ws://[::1]x", "ws://a/\r\nX: y",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: WebSocketURL.Fault.self) { try WebSocketURL(text) }
    }
}
