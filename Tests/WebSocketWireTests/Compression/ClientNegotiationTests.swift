// SPDX-License-Identifier: Apache-2.0
import Testing
import WebSocketWire

/// RFC 7692 §7.1, seen from the client: what it makes of a server's answer.
@Suite struct ClientNegotiationTests {
    static let narrow = CompressionConfiguration(
        serverMaxWindowBits: 10,
        clientMaxWindowBits: 11,
        serverNoContextTakeover: true,
        clientNoContextTakeover: true
    )

    @Test func offersWhatItWants() {
        let handshake = ClientHandshake(nonce: ClientHandshakeTests.nonce, compression: Self.narrow)
        #expect(
            handshake.requestHeaders(host: "x")["Sec-WebSocket-Extensions"]
                == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=10; client_max_window_bits=11"
        )
    }

    @Test(arguments: [
        ("permessage-deflate", CompressionParameters()),
        ("permessage-deflate; client_max_window_bits=9", CompressionParameters(clientMaxWindowBits: 9)),
        ("permessage-deflate; server_max_window_bits=8", CompressionParameters(serverMaxWindowBits: 8)),
        (
            "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
            CompressionParameters(serverNoContextTakeover: true, clientNoContextTakeover: true)
        ),
    ])
    func takes(answer: String, parameters: CompressionParameters) throws {
        #expect(try Self.check(answer, CompressionConfiguration()) == parameters)
    }

    @Test(arguments: [
        "permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits=8",
        "permessage-deflate; unknown", "permessage-bzip2", "permessage-deflate, permessage-deflate",
        "permessage-deflate; server_max_window_bits=16", "permessage-deflate;",
    ])
    func refuses(answer: String) {
        #expect(throws: ClientHandshakeError.unaskedExtension) {
            try Self.check(answer, CompressionConfiguration())
        }
    }

    /// A server that takes the offer has to keep to it.
    @Test(arguments: [
        "permessage-deflate", "permessage-deflate; server_no_context_takeover",
        "permessage-deflate; server_no_context_takeover; server_max_window_bits=11",
        "permessage-deflate; server_max_window_bits=10",
    ])
    func refusesLessThanItAskedFor(answer: String) {
        #expect(throws: ClientHandshakeError.unaskedExtension) { try Self.check(answer, Self.narrow) }
    }

    @Test func keepsItsOwnPromise() throws {
        let parameters = try Self.check(
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=9",
            Self.narrow
        )
        #expect(
            parameters
                == CompressionParameters(
                    serverNoContextTakeover: true,
                    clientNoContextTakeover: true,
                    serverMaxWindowBits: 9,
                    clientMaxWindowBits: 11
                )
        )
    }

    private static func check(_ answer: String, _ wanted: CompressionConfiguration) throws -> CompressionParameters? {
        var headers = HandshakeHeaders()
        for field in ClientHandshakeTests.answer { headers.append(field.0, field.1) }
        headers.append("Sec-WebSocket-Extensions", answer)
        return try ClientHandshake(nonce: ClientHandshakeTests.nonce, compression: wanted)
            .check(status: 101, headers: headers).compression
    }
}
