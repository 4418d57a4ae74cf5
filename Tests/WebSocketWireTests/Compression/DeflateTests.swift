// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Testing
import WebSocketWire

/// Compressed messages as a client receives them.
///
/// Payloads of RFC 7692 §7.2.3 are typed from there.
@Suite struct DeflateTests {
    static let deflate = WebSocketConfiguration(
        role: .client,
        compression: CompressionParameters(),
        minimumCompressedBytes: 0
    )

    @Test(
        arguments: [
            // §7.2.3.1, one block; whole and in two fragments.
            ("c1 07 f2 48 cd c9 c9 07 00", ["text Hello"]),
            ("41 03 f2 48 cd 80 04 c9 c9 07 00", ["text Hello"]),
            // §7.2.3.2, the second message refers to the first: f2 00 11 00 00.
            ("c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00", ["text Hello", "text Hello"]),
            // §7.2.3.3, a block without compression.
            ("c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00", ["text Hello"]),
            // §7.2.3.4, a block with BFINAL set, and after it the next message, in both forms.
            ("c1 08 f3 48 cd c9 c9 07 00 00", ["text Hello"]),
            ("c1 08 f3 48 cd c9 c9 07 00 00 c1 07 f2 48 cd c9 c9 07 00", ["text Hello", "text Hello"]),
            // The window outlives the final block.
            ("c1 08 f3 48 cd c9 c9 07 00 00 c1 05 f2 00 11 00 00", ["text Hello", "text Hello"]),
            // §7.2.3.5, two blocks in one message.
            ("c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00", ["text Hello"]),
            // §7.2.3.6, an empty message; then one without a byte, and one that is not compressed.
            ("c1 01 00 c1 00 81 02 48 69 c1 07 f2 48 cd c9 c9 07 00", ["text ", "text ", "text Hi", "text Hello"]),
            // A final block in the middle of a message, and the empty block at its end left out.
            ("c1 0e f3 48 cd c9 c9 07 00 f3 48 cd c9 c9 07 00", ["text HelloHello"]),
            // A ping between compressed fragments.
            ("41 03 f2 48 cd 89 01 2a 80 04 c9 c9 07 00", ["ping 2a", "text Hello"]),
        ],
        Delivery.allCases
    )
    func inflates(_ exchange: (stream: String, events: [String]), delivery: Delivery) {
        let transcript = Transcript(bytes(exchange.stream), delivery: delivery, configuration: Self.deflate)
        #expect(transcript.events == exchange.events)
        #expect(transcript.error == nil)
    }

    @Test(
        arguments: [
            // The reserved block type.
            ("c1 01 06", WebSocketError.invalidCompressedData, 1007),
            // A distance beyond the start.
            ("c1 05 f2 00 11 00 00", .invalidCompressedData, 1007),
            // The data end inside a block.
            ("c1 04 f2 48 cd c9", .invalidCompressedData, 1007),
            ("c1 02 f2 48", .invalidCompressedData, 1007),
            // A stored block whose length and its complement differ.
            ("c1 06 00 05 00 fa fe 48", .invalidCompressedData, 1007),
            // Text that is not UTF-8 once inflated: ff, stored.
            ("c1 07 00 01 00 fe ff ff 00", .textNotUTF8, 1007),
            // The same, and damaged after that: the fault that comes first counts.
            ("c1 08 00 01 00 fe ff ff 06 00", .textNotUTF8, 1007),
            // The bit on a continuation, on a ping.
            ("41 03 f2 48 cd c0 04 c9 c9 07 00", .reservedBits(4), 1002), ("c9 00", .reservedBits(4), 1002),
            ("e1 00", .reservedBits(6), 1002),
        ],
        Delivery.allCases
    )
    func refuses(_ row: (stream: String, fault: WebSocketError, closeCode: UInt16), delivery: Delivery) {
        let transcript = Transcript(bytes(row.stream), delivery: delivery, configuration: Self.deflate)
        #expect(transcript.error == row.fault)
        #expect(row.fault.closeCode.rawValue == row.closeCode)
    }

    /// Without context takeover the window is empty at each message: the reference of §7.2.3.2 leads nowhere.
    @Test func forgetsTheWindowWithoutContextTakeover() {
        var configuration = Self.deflate
        configuration.compression = CompressionParameters(serverNoContextTakeover: true)
        let stream = bytes("c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00")
        let transcript = Transcript(stream, delivery: .whole, configuration: configuration)
        #expect(transcript.events == ["text Hello"])
        #expect(transcript.error == .invalidCompressedData)
    }

    /// What is sent, by a server: the first message of §7.2.3.1, with and without context takeover.
    @Test(arguments: [
        (true, "c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00"),
        (false, "c1 07 f2 48 cd c9 c9 07 00 c1 07 f2 48 cd c9 c9 07 00"),
    ])
    func deflates(keepsContext: Bool, expected: String) {
        var connection = WebSocketConnection(
            configuration: WebSocketConfiguration(
                role: .server,
                compression: CompressionParameters(serverNoContextTakeover: !keepsContext),
                minimumCompressedBytes: 0
            ),
            now: .uptimeNanoseconds(0)
        )
        var sent = ByteBuffer()
        let isSent = connection.send(text: "Hello", into: &sent) && connection.send(text: "Hello", into: &sent)
        #expect(isSent && hex(sent.readableBytesView) == expected)
    }

    @Test func sendsAnEmptyMessageAndShortOnesAsTheyAre() {
        var connection = WebSocketConnection(
            configuration: WebSocketConfiguration(
                role: .server,
                compression: CompressionParameters(),
                minimumCompressedBytes: 5
            ),
            now: .uptimeNanoseconds(0)
        )
        var sent = ByteBuffer()
        let isSent = connection.send(text: "Hell", into: &sent) && connection.send(text: "", into: &sent)
        #expect(isSent && hex(sent.readableBytesView) == "81 04 48 65 6c 6c 81 00")
    }
}
