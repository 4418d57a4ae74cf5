// SPDX-License-Identifier: Apache-2.0

import Dialects
import Testing

@Suite struct OpeningHandshakeTests {
    @Test func fieldsAndParametersAreFound() {
        let handshake = OpeningHandshake(
            path: "/v1/x",
            query: "sample-rate=16000&name=A%20B+C&empty=&bare&name=second&%zz=%4",
            headers: [("X-Api-Key", "k1"), ("x-api-key", "k2")]
        )
        #expect(handshake.path == "/v1/x")
        #expect(handshake.header("X-API-KEY") == "k1")
        #expect(handshake.header("other") == nil)
        #expect(handshake.parameter("sample-rate") == "16000")
        #expect(handshake.parameter("name") == "A B C")
        #expect(handshake.parameter("empty")?.isEmpty == true)
        #expect(handshake.parameter("bare")?.isEmpty == true)
        #expect(handshake.parameter("%zz") == "%4")
        #expect(handshake.parameters.count == 6)
    }
}
