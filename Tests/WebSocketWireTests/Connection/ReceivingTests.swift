// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Testing
import WebSocketWire

@Suite struct ReceivingTests {
    /// Streams of RFC 6455 §5.7 and mixtures of them, to a client (whose peer does not mask).
    @Test(
        arguments: [
            ("81 05 48 65 6c 6c 6f", ["text Hello"]),
            ("01 03 48 65 6c 80 02 6c 6f", ["text Hello"]),
            ("89 05 48 65 6c 6c 6f", ["ping 48 65 6c 6c 6f"]),
            ("8a 05 48 65 6c 6c 6f", ["pong 48 65 6c 6c 6f"]),
            ("81 00 82 00", ["text ", "binary "]),
            ("82 02 01 02 82 01 03", ["binary 01 02", "binary 03"]),
            ("01 01 61 89 00 00 01 62 8a 00 80 01 63", ["ping ", "pong ", "text abc"]),
            ("01 00 00 00 80 00", ["text "]),
            ("01 01 ce 80 01 ba", ["text \u{3BA}"]),
            ("88 00", ["close 1005"]), ("88 02 03 e8", ["close 1000"]), ("88 04 0f a0 6f 6b 81 01 61", ["close 4000"]),
        ],
        Delivery.allCases
    )
    func readsWhatAServerSends(_ exchange: (stream: String, events: [String]), delivery: Delivery) {
        let transcript = Transcript(
            bytes(exchange.stream),
            delivery: delivery,
            configuration: WebSocketConfiguration(role: .client)
        )
        #expect(transcript.events == exchange.events)
        #expect(transcript.error == nil)
    }

    /// Masked frames to a server; the pong carries the ping's payload, the echo the close's code.
    @Test(
        arguments: [
            ("81 85 37 fa 21 3d 7f 9f 4d 51 58", ["text Hello"], ""),
            ("89 85 37 fa 21 3d 7f 9f 4d 51 58", ["ping 48 65 6c 6c 6f"], "8a 05 48 65 6c 6c 6f"),
            ("89 80 37 fa 21 3d 89 80 01 02 03 04", ["ping ", "ping "], "8a 00 8a 00"),
            ("88 80 37 fa 21 3d", ["close 1005"], "88 00"),
            ("88 82 00 00 00 00 03 e9 82 80 00 00 00 00", ["close 1001"], "88 02 03 e9"),
            ("01 82 01 02 03 04 60 60 80 81 01 02 03 04 62", ["text abc"], ""),
        ],
        Delivery.allCases
    )
    func readsWhatAClientSends(
        _ exchange: (stream: String, events: [String], outbound: String),
        delivery: Delivery
    ) {
        let transcript = Transcript(
            bytes(exchange.stream),
            delivery: delivery,
            configuration: WebSocketConfiguration(role: .server)
        )
        #expect(transcript.events == exchange.events)
        #expect(transcript.outbound == bytes(exchange.outbound))
        #expect(transcript.error == nil)
    }

    /// All that is given out together comes in together: the payloads of one buffer do not disturb each other.
    @Test(arguments: Delivery.allCases)
    func readsLongAndShortMessagesInTurn(delivery: Delivery) {
        var sender = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .client, maskingKeys: .reproducible(seed: 1)),
            now: .uptimeNanoseconds(0)
        )
        var stream = ByteBuffer()
        var expected: [String] = []
        for length in [0, 1, 125, 126, 127, 4000, 65535, 65536, 3, 70000, 2] {
            let payload = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
            expected.append("binary " + hex(payload))
            #expect(sender.send(binary: payload.span, into: &stream))
        }
        let transcript = Transcript(
            Array(stream.readableBytesView),
            delivery: delivery,
            configuration: WebSocketConfiguration(role: .server)
        )
        #expect(transcript.events == expected)
    }

    @Test func aPayloadIsThereUntilTheNextCall() throws {
        var connection = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .client),
            now: .uptimeNanoseconds(0)
        )
        connection.receive(bytes("82 02 0a 0b 82 01 0c").span)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == .binary)
        #expect(connection.withMessage { $0.count } == 2)
        #expect(connection.withMessage { $0[1] } == 0x0B)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == .binary)
        #expect(Array(connection.takeMessage().readableBytesView) == [0x0C])
        #expect(connection.withMessage { $0.count } == 0)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == nil)
    }

    @Test func aTakenMessageLeavesTheRest() throws {
        var connection = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .client),
            now: .uptimeNanoseconds(0)
        )
        connection.receive(bytes("82 02 0a 0b 82 01 0c").span)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == .binary)
        #expect(Array(connection.takeMessage().readableBytesView) == [0x0A, 0x0B])
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == .binary)
        #expect(Array(connection.takeMessage().readableBytesView) == [0x0C])
    }

    /// The caller's buffer is copied: whoever else holds it sees it unchanged.
    @Test func doesNotUnmaskInTheCallersBuffer() throws {
        let buffer = ByteBuffer(bytes: bytes("81 85 37 fa 21 3d 7f 9f 4d 51 58"))
        var connection = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .server),
            now: .uptimeNanoseconds(0)
        )
        connection.receive(buffer)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == .text)
        #expect(Array(buffer.readableBytesView) == bytes("81 85 37 fa 21 3d 7f 9f 4d 51 58"))
    }
}
