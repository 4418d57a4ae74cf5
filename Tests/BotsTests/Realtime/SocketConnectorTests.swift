// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import WebSocketWire

@testable import Bots

@Suite("Reaching a realtime service") struct SocketConnectorTests {
    private func settings(_ change: (inout RealtimeSettings) -> Void) -> RealtimeSettings {
        var settings = RealtimeSettings()
        change(&settings)
        return settings
    }

    @Test(
        "The model goes into the query, unless the URL has one",
        arguments: [
            ("wss://h/v1/realtime", "gpt-realtime", "wss://h/v1/realtime?model=gpt-realtime"),
            ("wss://h/r?api-version=1", "my deployment/ä", "wss://h/r?api-version=1&model=my%20deployment%2F%C3%A4"),
            ("wss://h/r?model=other", "gpt-realtime", "wss://h/r?model=other"), ("wss://h/r", nil, "wss://h/r"),
            ("wss://h/r", "", "wss://h/r"),
        ]
    )
    func address(url: String, model: String?, wanted: String) {
        let settings = settings {
            $0.url = url
            $0.model = model
        }
        #expect(SocketConnector.address(settings) == wanted)
    }

    @Test("The key is a bearer token in Authorization and bare in any other header")
    func key() throws {
        let openAI = try SocketConnector.headers(settings { $0.apiKey = Secret("k") })
        #expect(openAI["Authorization"] == "Bearer k")
        #expect(openAI["OpenAI-Beta"] == nil)
        let azure = try SocketConnector.headers(
            settings {
                $0.apiKey = Secret("k")
                $0.keyHeader = "api-key"
                $0.eventNames = .beta
                $0.headers = ["X-Tenant": "t"]
            }
        )
        #expect(azure["api-key"] == "k")
        #expect(azure["Authorization"] == nil)
        #expect(azure["OpenAI-Beta"] == "realtime=v1")
        #expect(azure["X-Tenant"] == "t")
    }

    @Test(
        "What cannot be sent is refused without being shown",
        arguments: [("X-A", "b\r\nEvil: c"), ("X A", "b"), ("", "b"), ("X:A", "b")]
    )
    func badHeaders(name: String, value: String) {
        let error = #expect(throws: RealtimeError.self) {
            try SocketConnector.headers(settings { $0.headers = [name: value] })
        }
        #expect(error?.description.contains("Evil") == false)
    }

    @Test("A key with a line end is refused, and not shown")
    func badKey() {
        let error = #expect(throws: RealtimeError.self) {
            try SocketConnector.headers(settings { $0.apiKey = Secret("secret-key\n") })
        }
        #expect(error?.description.contains("secret-key") == false)
    }

    @Test("A URL of no WebSocket, and authorities that cannot be read, are refused", arguments: ["https://h", "h", ""])
    func badURL(url: String) {
        #expect(throws: RealtimeError.self) { try SocketConnector(settings { $0.url = url }) }
        #expect(throws: RealtimeError.self) {
            try SocketConnector(settings { $0.trustedCertificates = "/no/such/file.pem" })
        }
    }
}
