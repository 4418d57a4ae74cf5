// SPDX-License-Identifier: Apache-2.0
import CZlib
import NIOCore
import Testing
import WebSocketWire

@Suite struct BombTests {
    /// A megabyte of zeros in about a thousand bytes, by zlib itself.
    static func bomb(size: Int) -> [UInt8] {
        let zeros = [UInt8](repeating: 0, count: size)
        var packed = [UInt8](repeating: 0, count: size / 100 + 100)
        var length = UInt(packed.count)
        guard unsafe compress2(&packed, &length, zeros, UInt(size), 9) == Z_OK else { return [] }
        // Without zlib's header of two bytes and its checksum of four it is raw deflate, with BFINAL set.
        return Array(packed[2..<Int(length) - 4])
    }

    static func frame(_ payload: [UInt8]) -> [UInt8] {
        var buffer = ByteBuffer()
        FrameHeader(opcode: .binary, payloadLength: payload.count, isCompressed: true).write(into: &buffer)
        buffer.writeBytes(payload)
        return Array(buffer.readableBytesView)
    }

    static func configuration(limit: Int) -> WebSocketConfiguration {
        WebSocketConfiguration(
            role: .client,
            limits: MessageLimits(maximumMessageBytes: limit),
            compression: CompressionParameters()
        )
    }

    @Test(arguments: Delivery.allCases)
    func stopsWhileInflating(delivery: Delivery) {
        let bomb = Self.bomb(size: 1 << 24)
        #expect(bomb.count > 1000)
        let transcript = Transcript(
            Self.frame(bomb),
            delivery: delivery,
            configuration: Self.configuration(limit: 100_000)
        )
        #expect(transcript.error == .messageTooLong(limit: 100_000))
        #expect(transcript.events == [])
    }

    /// The frame is cut after its first part: the limit is met before the rest has come.
    @Test func stopsBeforeTheMessageIsWhole() {
        let bomb = Self.bomb(size: 1 << 24)
        let start = Array(Self.frame(bomb).prefix(bomb.count / 4))
        let transcript = Transcript(start, delivery: .whole, configuration: Self.configuration(limit: 100_000))
        #expect(transcript.error == .messageTooLong(limit: 100_000))
    }

    @Test func takesExactlyTheLimit() {
        let stream = Self.frame(Self.bomb(size: 100_000))
        let exact = Transcript(stream, delivery: .whole, configuration: Self.configuration(limit: 100_000))
        #expect(exact.error == nil && exact.events.count == 1)
        let above = Transcript(stream, delivery: .whole, configuration: Self.configuration(limit: 99_999))
        #expect(above.error == .messageTooLong(limit: 99_999))
    }

    /// Data that cannot be compressed are a little longer as sent than as read; the frame limit allows for it.
    @Test func takesAnIncompressibleMessageOfTheLimit() {
        var keys = MaskingKeys.reproducible(seed: 5)
        let noise = (0..<65536).map { _ in UInt8(truncatingIfNeeded: keys.next()) }
        var sender = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .server, compression: CompressionParameters()),
            now: .uptimeNanoseconds(0)
        )
        var stream = ByteBuffer()
        #expect(sender.send(binary: noise.span, into: &stream))
        #expect(stream.readableBytes > noise.count)
        let transcript = Transcript(
            Array(stream.readableBytesView),
            delivery: .whole,
            configuration: Self.configuration(limit: 65536)
        )
        #expect(transcript.events == ["binary " + hex(noise)])
    }
}
