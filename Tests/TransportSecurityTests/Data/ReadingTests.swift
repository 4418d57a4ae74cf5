// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import Testing
import TransportSecurity

/// Who asks the socket for bytes when: what a channel without `autoRead` relies on.
@Suite struct ReadingTests {
    let pair: TLSPair

    init() throws {
        let materials = try Materials()
        pair = try TLSPair(server: materials.server(), client: materials.client())
    }

    @Test func `The handshake asks by itself`() throws {
        #expect(pair.serverWire.reads == 1)
        #expect(pair.clientWire.reads == 1)
        try pair.pump()
        let reads = pair.serverWire.reads
        pair.server.pipeline.fireChannelReadComplete()
        #expect(pair.serverWire.reads == reads)
    }

    @Test func `Half a record brings no data, so that more is asked for`() throws {
        try pair.pump()
        pair.client.writeAndFlush(ByteBuffer(string: "whole"), promise: nil)
        var record = try #require(try pair.client.readOutbound(as: ByteBuffer.self))
        let count = record.readableBytes / 2
        let half = ByteBuffer(record.readableBytesView.prefix(count))
        record.moveReaderIndex(forwardBy: count)
        var reads = pair.serverWire.reads
        pair.server.read()
        reads += 1
        #expect(pair.serverWire.reads == reads)
        pair.feed(half, to: pair.server)
        reads += 1
        #expect(pair.serverWire.reads == reads)
        #expect(pair.serverEnd.readCount == 0)
        pair.feed(record, to: pair.server)
        #expect(pair.serverWire.reads == reads)
        #expect(pair.serverEnd.text == "whole")
    }

    @Test func `Nothing is asked for when nobody inside wants data`() throws {
        try pair.pump()
        let reads = pair.serverWire.reads
        try pair.send("unasked", from: pair.client)
        #expect(pair.serverEnd.text == "unasked")
        #expect(pair.serverWire.reads == reads)
    }
}
