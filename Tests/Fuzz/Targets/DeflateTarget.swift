// SPDX-License-Identifier: Apache-2.0
import NIOCore
import WebSocketWire

extension FuzzTarget {
    /// Compressed data from the peer, and any message through this side's own compression and back.
    static let deflate = FuzzTarget(name: "deflate") { input in
        let limits = MessageLimits(maximumMessageBytes: 1 << 16)
        let seed = input.first ?? 0
        let parameters = CompressionParameters(
            serverNoContextTakeover: seed & 0x01 == 0,
            serverMaxWindowBits: 9 + Int(seed >> 4) % 7
        )
        let receiver = WebSocketConfiguration(
            role: .client,
            limits: limits,
            compression: parameters,
            maskingKeys: .reproducible(seed: 1)
        )

        // The same compressed payload twice: the second may refer to the first.
        var hostile = ByteBuffer()
        for _ in 0..<2 {
            FrameHeader(opcode: .binary, payloadLength: input.count, isCompressed: true).write(into: &hostile)
            hostile.writeBytes(input)
        }
        let stream = Array(hostile.readableBytesView)
        // With the full window: a reference beyond a smaller one is only found out when its bytes have been handed on,
        // so that there the delivery may make a difference.
        var fullWindow = receiver
        fullWindow.compression?.serverMaxWindowBits = 15
        let whole = WireStory(stream[...], configuration: fullWindow, seed: nil)
        if let fault = whole.fault(limits: limits) { return fault }
        let cut = WireStory(stream[...], configuration: fullWindow, seed: seed)
        guard whole == cut else { return "the delivery makes a difference: \(whole.summary), \(cut.summary)" }

        var sender = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .server, compression: parameters, minimumCompressedBytes: 0),
            now: .uptimeNanoseconds(0)
        )
        var honest = ByteBuffer()
        guard sender.send(binary: input.span, into: &honest), sender.send(binary: input.span, into: &honest) else {
            return "an open connection does not send"
        }
        let story = WireStory(Array(honest.readableBytesView)[...], configuration: receiver, seed: seed)
        return story.entries.map(\.payload) == [input, input] ? nil : "a message did not come back: \(story)"
    }
}
