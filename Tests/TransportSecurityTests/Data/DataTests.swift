// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import Testing
import TransportSecurity

@Suite struct DataTests {
    let materials: Materials

    init() throws { materials = try Materials() }

    private func open(_ delivery: Delivery = .whole, _ version: TLSVersion = .v1_3) throws -> TLSPair {
        let pair = try TLSPair(
            server: materials.server(),
            client: materials.client { $0.maximumVersion = version },
            delivery: delivery
        )
        try pair.pump()
        return pair
    }

    /// Bytes that never repeat within a record.
    private func pattern(_ count: Int) -> ByteBuffer {
        var bytes = ByteBuffer()
        bytes.reserveCapacity(count)
        var seed: UInt32 = 1
        for _ in 0..<count {
            seed = seed &* 1_664_525 &+ 1_013_904_223
            bytes.writeInteger(UInt8(truncatingIfNeeded: seed >> 24))
        }
        return bytes
    }

    @Test(arguments: TLSVersion.allCases, [Delivery.whole, .coalesced])
    func `A megabyte goes both ways unchanged`(version: TLSVersion, delivery: Delivery) throws {
        let pair = try open(delivery, version)
        let much = pattern(1 << 20)
        pair.client.writeAndFlush(much, promise: nil)
        pair.server.writeAndFlush(much, promise: nil)
        try pair.pump()
        #expect(pair.serverEnd.received == much)
        #expect(pair.clientEnd.received == much)
    }

    @Test(arguments: [1, 2, 511, 512, 513, 16_383, 16_384, 16_385, 40_000])
    func `Lengths around the sizes of records and buffers go through`(count: Int) throws {
        let pair = try open()
        let bytes = pattern(count)
        for round in 1...3 {
            pair.client.writeAndFlush(bytes, promise: nil)
            try pair.pump()
            #expect(pair.serverEnd.received.readableBytes == round * count)
        }
        #expect(pair.serverEnd.received.readSlice(length: count) == bytes)
    }

    @Test func `The writes of one flush leave as one buffer, and their promises with it`() throws {
        let pair = try open()
        let loop = pair.client.embeddedEventLoop
        let promises = (0..<3).map { _ in loop.makePromise(of: Void.self) }
        var fulfilled = 0
        for promise in promises { promise.futureResult.assumeIsolated().whenSuccess { fulfilled += 1 } }
        pair.client.write(ByteBuffer(string: "one "), promise: promises[0])
        pair.client.write(ByteBuffer(), promise: promises[1])
        pair.client.write(ByteBuffer(string: "two"), promise: promises[2])
        #expect(try pair.client.readOutbound(as: ByteBuffer.self) == nil)
        #expect(fulfilled == 0)
        pair.client.flush()
        #expect(fulfilled == 3)
        let sent = try #require(try pair.client.readOutbound(as: ByteBuffer.self))
        #expect(try pair.client.readOutbound(as: ByteBuffer.self) == nil)
        pair.feed(sent, to: pair.server)
        #expect(pair.serverEnd.text == "one two")
        #expect(pair.serverEnd.readCount == 1)
    }

    @Test func `What gathers beyond 64 KiB goes on before the flush`() throws {
        let pair = try open()
        for _ in 0..<6 { pair.client.write(pattern(16_000), promise: nil) }
        pair.client.flush()
        var sizes: [Int] = []
        while let piece = try pair.client.readOutbound(as: ByteBuffer.self) { sizes.append(piece.readableBytes) }
        #expect(sizes.count == 2)
        #expect(sizes.allSatisfy { $0 > 0 && $0 < 100_000 })
    }

    @Test func `A write's buffer is its owner's again at once`() throws {
        let pair = try open()
        var bytes = ByteBuffer(string: "first")
        pair.client.write(bytes, promise: nil)
        bytes.setString("later", at: 0)
        pair.client.flush()
        try pair.pump()
        #expect(pair.serverEnd.text == "first")
    }

    @Test func `Writes before the end of the handshake go first once it is done`() throws {
        let server = try materials.server()
        let pair = try TLSPair(server: server, client: materials.client())
        let promise = pair.client.embeddedEventLoop.makePromise(of: Void.self)
        pair.client.write(ByteBuffer(string: "early "), promise: promise)
        pair.client.writeAndFlush(ByteBuffer(string: "bird"), promise: nil)
        try pair.pump()
        try promise.futureResult.wait()
        #expect(pair.serverEnd.text == "early bird")
    }

    @Test func `More than a mebibyte before the end of the handshake is refused`() throws {
        let pair = try TLSPair(server: materials.server(), client: materials.client())
        pair.client.writeAndFlush(pattern(1 << 20), promise: nil)
        let promise = pair.client.embeddedEventLoop.makePromise(of: Void.self)
        pair.client.write(ByteBuffer(string: "x"), promise: promise)
        let error = #expect(throws: TLSError.self) { try promise.futureResult.wait() }
        #expect(error?.code == .queueFull)
        try pair.pump()
        #expect(pair.serverEnd.received.readableBytes == 1 << 20)
    }

    @Test func `Data in the packet that ends the handshake is delivered after the event`() throws {
        let pair = try TLSPair(server: materials.server(), client: materials.client(), delivery: .coalesced)
        try pair.carry(from: pair.client, to: pair.server)
        try pair.carry(from: pair.server, to: pair.client)
        #expect(pair.clientEnd.handshakes == 1)
        #expect(pair.serverEnd.handshakes == 0)
        pair.client.writeAndFlush(ByteBuffer(string: "sample 0"), promise: nil)
        try pair.carry(from: pair.client, to: pair.server)
        #expect(pair.serverEnd.handshakes == 1)
        #expect(pair.serverEnd.text == "sample 0")
    }

    @Test func `A buffer that somebody keeps is not overwritten by the next read`() throws {
        let pair = try open()
        let keeper = Keeper()
        try pair.server.pipeline.syncOperations.addHandler(keeper, position: .before(pair.serverEnd))
        try pair.send("first", from: pair.client)
        try pair.send("other", from: pair.client)
        #expect(keeper.kept.map { String(buffer: $0) } == ["first", "other"])
    }
}

/// Keeps the buffers as they came.
private final class Keeper: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    var kept: [ByteBuffer] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { kept.append(unwrapInboundIn(data)) }
}
