// SPDX-License-Identifier: Apache-2.0
import Testing
import WebSocketWire

/// RFC 7692 §5 and §7.1, seen from the server: an offer and its answer, `nil` for a declined one.
@Suite struct CompressionNegotiationTests {
    @Test(
        arguments: [
            ("permessage-deflate", "permessage-deflate"),
            ("permessage-deflate; client_max_window_bits", "permessage-deflate"),
            ("permessage-deflate; client_max_window_bits=15", "permessage-deflate; client_max_window_bits=15"),
            ("permessage-deflate; client_max_window_bits=8", "permessage-deflate; client_max_window_bits=8"),
            ("permessage-deflate; client_max_window_bits=\"10\"", "permessage-deflate; client_max_window_bits=10"),
            ("permessage-deflate; server_max_window_bits=15", "permessage-deflate; server_max_window_bits=15"),
            ("permessage-deflate; server_max_window_bits=9", "permessage-deflate; server_max_window_bits=9"),
            (
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            ),
            (
                "permessage-deflate; client_max_window_bits; server_max_window_bits=10; client_no_context_takeover",
                "permessage-deflate; client_no_context_takeover; server_max_window_bits=10"
            ),
            // The first acceptable offer is taken, in one header or in several.
            ("permessage-deflate; server_max_window_bits=8, permessage-deflate", "permessage-deflate"),
            (
                "x-webkit-deflate-frame, permessage-deflate; server_max_window_bits=12",
                "permessage-deflate; server_max_window_bits=12"
            ),
            // Raw deflate cannot do 256 bytes; what else is declined is not in the RFC.
            ("permessage-deflate; server_max_window_bits=8", nil),
            ("permessage-deflate; server_max_window_bits", nil), ("permessage-deflate; server_max_window_bits=16", nil),
            ("permessage-deflate; server_max_window_bits=7", nil),
            ("permessage-deflate; server_max_window_bits=09", nil),
            ("permessage-deflate; server_max_window_bits=+9", nil),
            ("permessage-deflate; client_max_window_bits=16", nil),
            ("permessage-deflate; client_max_window_bits=0", nil),
            ("permessage-deflate; client_no_context_takeover=1", nil),
            ("permessage-deflate; server_no_context_takeover=true", nil), ("permessage-deflate; unknown", nil),
            ("permessage-deflate; server_no_context_takeover; server_no_context_takeover", nil),
            ("permessage-deflate; client_max_window_bits; client_max_window_bits=10", nil), ("permessage-bzip2", nil),
            ("permessage-deflate; =", nil), ("", nil),
        ] as [(String, String?)]
    )
    func answers(offer: String, answer: String?) throws {
        #expect(try Self.accepted(offer, CompressionConfiguration()).headers["Sec-WebSocket-Extensions"] == answer)
    }

    /// With wishes of the server's own.
    @Test(arguments: [
        ("permessage-deflate", "permessage-deflate; server_no_context_takeover; server_max_window_bits=11"),
        (
            "permessage-deflate; server_max_window_bits=9; client_max_window_bits",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=10"
        ),
        (
            "permessage-deflate; server_max_window_bits=13; client_max_window_bits=9",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=11; client_max_window_bits=9"
        ),
    ])
    func answersWithItsOwnWishes(offer: String, answer: String) throws {
        // That the client shall not take its context over is never asked for, whatever is configured.
        let wanted = CompressionConfiguration(
            serverMaxWindowBits: 11,
            clientMaxWindowBits: 10,
            serverNoContextTakeover: true,
            clientNoContextTakeover: true
        )
        #expect(try Self.accepted(offer, wanted).headers["Sec-WebSocket-Extensions"] == answer)
    }

    @Test func saysWhatWasAgreed() throws {
        let accepted = try Self.accepted(
            "permessage-deflate; server_max_window_bits=10; client_max_window_bits=12; client_no_context_takeover",
            CompressionConfiguration()
        )
        #expect(
            accepted.compression
                == CompressionParameters(
                    clientNoContextTakeover: true,
                    serverMaxWindowBits: 10,
                    clientMaxWindowBits: 12
                )
        )
    }

    @Test func isOffUnlessConfigured() throws {
        let accepted = try Self.accepted("permessage-deflate", nil)
        #expect(accepted.compression == nil)
        #expect(accepted.headers["Sec-WebSocket-Extensions"] == nil)
    }

    private static func accepted(_ offer: String, _ wanted: CompressionConfiguration?) throws -> AcceptedHandshake {
        let request = ServerHandshakeTests.request(added: ["Sec-WebSocket-Extensions": offer])
        return try #require(
            ServerHandshakeTests.accepted(
                ServerHandshake.evaluate(request, configuration: HandshakeConfiguration(compression: wanted))
            )
        )
    }
}
