// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Testing
import WebSocketWire

/// A client's connection and a server's, each reading what the other sends.
@Suite struct RoundTripTests {
    static let parameters: [CompressionParameters?] =
        [nil]
        + (9...15).flatMap { bits in
            [true, false].map { keeps in
                CompressionParameters(
                    serverNoContextTakeover: !keeps,
                    clientNoContextTakeover: !keeps,
                    serverMaxWindowBits: bits,
                    clientMaxWindowBits: 24 - bits
                )
            }
        }

    @Test(arguments: parameters, [WebSocketRole.client, .server])
    func comesOutAsItWentIn(compression: CompressionParameters?, from role: WebSocketRole) {
        var sender = WebSocketConnection(
            configuration: WebSocketConfiguration(
                role: role,
                compression: compression,
                minimumCompressedBytes: 0,
                maskingKeys: .reproducible(seed: 9)
            ),
            now: .uptimeNanoseconds(0)
        )
        var receiver = WebSocketConnection(
            configuration: WebSocketConfiguration(role: role == .client ? .server : .client, compression: compression),
            now: .uptimeNanoseconds(0)
        )
        var noise = MaskingKeys.reproducible(seed: 2)
        for round in 0..<12 {
            let text = String(repeating: "{\"event\":\"media\",\"sequence\":\(round)}", count: round * 40)
            // Half noise, half repetition.
            let data = (0..<round * 3000).map { $0 % 2 == 0 ? UInt8(truncatingIfNeeded: noise.next()) : 0x55 }
            var wire = ByteBuffer()
            let isSent =
                sender.send(text: text, into: &wire) && sender.send(binary: data.span, into: &wire)
                && sender.send(text: "", into: &wire)
            #expect(isSent)
            let transcript = Transcript(Array(wire.readableBytesView), to: &receiver, delivery: .whole)
            #expect(transcript.error == nil)
            #expect(transcript.events == ["text " + text, "binary " + hex(data), "text "])
        }
    }

    /// A sender that gave its window back when a ping was due still speaks the same protocol.
    @Test func goesOnAfterTheWindowWasGivenBack() {
        let compression = CompressionParameters()
        var sender = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .server, compression: compression),
            now: .uptimeNanoseconds(0)
        )
        var receiver = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .client, compression: compression),
            now: .uptimeNanoseconds(0)
        )
        let text = String(repeating: "again and ", count: 30)
        var lengths: [Int] = []
        for second in [Int64(0), 1, 20, 21] {
            _ = sender.handle(timeAt: .uptimeNanoseconds(0) + .seconds(second))
            var wire = ByteBuffer()
            #expect(sender.send(text: text, into: &wire))
            lengths.append(wire.readableBytes)
            let transcript = Transcript(Array(wire.readableBytesView), to: &receiver, delivery: .whole)
            #expect(transcript.events == ["text " + text])
        }
        #expect(lengths[1] < lengths[0] && lengths[2] == lengths[0] && lengths[3] == lengths[1])
    }
}
