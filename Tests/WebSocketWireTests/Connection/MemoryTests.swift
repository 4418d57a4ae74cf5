// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Testing
import WebSocketWire

@Suite struct MemoryTests {
    /// Media messages in pieces that never end where a message ends: the buffer is compacted, not grown.
    @Test func doesNotGrowWithTheNumberOfMessages() throws {
        var connection = Self.connection()
        let frames = [[UInt8]](repeating: Self.frame(400), count: 50).flatMap(\.self)
        var held: Set<Int> = []
        var count = 0
        for _ in 0..<100 {
            for piece in stride(from: 0, to: frames.count, by: 577) {
                let bytes = Array(frames[piece..<min(piece + 577, frames.count)])
                connection.receive(bytes.span)
                while try connection.next(at: .uptimeNanoseconds(0)) != nil { count += 1 }
                held.insert(connection.heldBytes)
            }
        }
        #expect(count == 5000)
        #expect(held.allSatisfy { $0 <= 2048 }, "held \(held)")
    }

    @Test func givesTheMemoryOfALongMessageBack() throws {
        var connection = Self.connection()
        connection.receive(Self.frame(500_000).span)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == .binary)
        #expect(connection.heldBytes >= 500_000)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == nil)
        #expect(connection.heldBytes == 0)
    }

    @Test func givesTheMemoryOfALongFragmentedMessageBack() throws {
        var connection = Self.connection()
        var stream = Self.frame(300_000)
        stream[0] = 0x02
        var last = Self.frame(300_000)
        last[0] = 0x80
        connection.receive((stream + last).span)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == .binary)
        #expect(connection.withMessage { $0.count } == 600_000)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == nil)
        #expect(connection.heldBytes == 0)
    }

    /// At a ping, a connection on which nothing is under way gives everything back.
    @Test func givesEverythingBackWhenIdle() throws {
        var connection = Self.connection()
        connection.receive(Self.frame(100).span)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == .binary)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == nil)
        #expect(connection.heldBytes > 0)
        let due = connection.handle(timeAt: .uptimeNanoseconds(20_000_000_000))
        _ = connection.takeOutbound()
        #expect(due == .pingQueued)
        #expect(connection.heldBytes == 0)
    }

    /// A header alone costs nothing like the payload it announces.
    @Test func keepsNothingOnTheWordOfAHeader() throws {
        var connection = Self.connection()
        let start = Array(Self.frame(1 << 20).prefix(20))
        connection.receive(start.span)
        #expect(try connection.next(at: .uptimeNanoseconds(0)) == nil)
        #expect(connection.heldBytes <= 64)
    }

    private static func connection() -> WebSocketConnection {
        WebSocketConnection(configuration: WebSocketConfiguration(role: .client), now: .uptimeNanoseconds(0))
    }

    private static func frame(_ length: Int) -> [UInt8] {
        var buffer = ByteBuffer()
        WebSocketConnection.writeServerFrameHeader(.binary, payloadLength: length, into: &buffer)
        buffer.writeRepeatingByte(0x7F, count: length)
        return Array(buffer.readableBytesView)
    }
}
