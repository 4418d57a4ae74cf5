// SPDX-License-Identifier: Apache-2.0
import Glibc
import NIOCore
import NIOEmbedded
import Testing
import TransportSecurity

@Suite struct ClosingTests {
    let materials: Materials

    init() throws { materials = try Materials() }

    private func open(_ version: TLSVersion = .v1_3) throws -> TLSPair {
        let pair = try TLSPair(
            server: materials.server(),
            client: materials.client { $0.maximumVersion = version }
        )
        try pair.pump()
        return pair
    }

    @Test(arguments: TLSVersion.allCases)
    func `A close is said, answered, and no error on either side`(version: TLSVersion) throws {
        let pair = try open(version)
        let promise = pair.client.embeddedEventLoop.makePromise(of: Void.self)
        pair.client.write(ByteBuffer(string: "last words"), promise: nil)
        pair.client.close(promise: promise)
        #expect(pair.client.isActive)
        try pair.pump()
        try promise.futureResult.wait()
        #expect(pair.serverEnd.text == "last words")
        for end in [pair.clientEnd, pair.serverEnd] {
            #expect(end.errors.isEmpty)
            #expect(end.sawInactive)
        }
        #expect(!pair.client.isActive)
        #expect(!pair.server.isActive)
    }

    @Test func `A peer that does not answer a close is not waited for longer than told`() throws {
        let pair = try open()
        let first = pair.client.embeddedEventLoop.makePromise(of: Void.self)
        let second = pair.client.embeddedEventLoop.makePromise(of: Void.self)
        pair.client.close(promise: first)
        pair.client.close(promise: second)
        pair.client.embeddedEventLoop.advanceTime(by: .milliseconds(999))
        #expect(pair.client.isActive)
        pair.client.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(!pair.client.isActive)
        try first.futureResult.wait()
        try second.futureResult.wait()
        #expect(pair.clientEnd.errors.isEmpty)
    }

    @Test func `Data that arrives after our close is dropped`() throws {
        let pair = try open()
        pair.server.writeAndFlush(ByteBuffer(string: "too late"), promise: nil)
        pair.client.close(promise: nil)
        try pair.pump()
        #expect(pair.clientEnd.received.readableBytes == 0)
        #expect(!pair.client.isActive)
    }

    @Test(arguments: TLSVersion.allCases)
    func `The end without close_notify is truncation, told before the channel is inactive`(version: TLSVersion) throws {
        let pair = try open(version)
        try pair.send("half a mess", from: pair.client)
        pair.server.pipeline.fireChannelInactive()
        #expect(pair.serverEnd.text == "half a mess")
        #expect(pair.serverEnd.errors.map(\.code) == [.truncated])
        #expect(pair.serverEnd.sawInactive)
        #expect(pair.serverEnd.errorsAtInactive == 1)
    }

    @Test func `The end of the input alone without close_notify is truncation too`() throws {
        let pair = try open()
        pair.server.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(pair.serverEnd.errors.map(\.code) == [.truncated])
        #expect(pair.serverEnd.sawInputClosed)
        pair.server.pipeline.fireChannelInactive()
        #expect(pair.serverEnd.errors.count == 1)
    }

    @Test func `The end after the peer's close_notify is no error`() throws {
        let pair = try open()
        pair.client.close(promise: nil)
        try pair.carry(from: pair.client, to: pair.server)
        #expect(pair.serverEnd.errors.isEmpty)
        #expect(pair.serverEnd.sawInactive)
        // The server's answer is its own close_notify.
        try pair.carry(from: pair.server, to: pair.client)
        #expect(!pair.client.isActive)
        #expect(pair.clientEnd.errors.isEmpty)
    }

    @Test func `With half closure the other way stays open`() throws {
        let pair = try open()
        pair.server.allowRemoteHalfClosure = true
        pair.client.close(mode: .output, promise: nil)
        #expect(pair.clientWire.isOutputClosed)
        try pair.carry(from: pair.client, to: pair.server)
        #expect(pair.serverEnd.sawInputClosed)
        #expect(pair.server.isActive)
        pair.server.writeAndFlush(ByteBuffer(string: "still talking"), promise: nil)
        try pair.carry(from: pair.server, to: pair.client)
        #expect(pair.clientEnd.text == "still talking")
        // The transport's own end of input follows; it is no news.
        pair.server.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(pair.serverEnd.errors.isEmpty)
        pair.server.close(promise: nil)
        #expect(!pair.server.isActive)
    }

    @Test func `After our half is closed a write fails and data still comes in`() throws {
        let pair = try open()
        pair.client.close(mode: .output, promise: nil)
        let promise = pair.client.embeddedEventLoop.makePromise(of: Void.self)
        pair.client.writeAndFlush(ByteBuffer(string: "x"), promise: promise)
        let error = #expect(throws: TLSError.self) { try promise.futureResult.wait() }
        #expect(error?.code == .closed)
        pair.server.writeAndFlush(ByteBuffer(string: "go on"), promise: nil)
        try pair.carry(from: pair.server, to: pair.client)
        #expect(pair.clientEnd.text == "go on")
    }

    @Test func `A write after the close fails`() throws {
        let pair = try open()
        pair.client.close(promise: nil)
        let promise = pair.client.embeddedEventLoop.makePromise(of: Void.self)
        pair.client.writeAndFlush(ByteBuffer(string: "x"), promise: promise)
        let error = #expect(throws: TLSError.self) { try promise.futureResult.wait() }
        #expect(error?.code == .closed)
    }

    @Test func `Writes that wait when the transport ends fail`() throws {
        let pair = try open()
        let unflushed = pair.client.embeddedEventLoop.makePromise(of: Void.self)
        pair.client.write(ByteBuffer(string: "x"), promise: unflushed)
        pair.end(pair.server)
        pair.client.pipeline.fireChannelInactive()
        #expect(throws: TLSError.self) { try unflushed.futureResult.wait() }
        let early = try TLSPair(server: materials.server(), client: materials.client())
        let waiting = early.client.embeddedEventLoop.makePromise(of: Void.self)
        early.client.write(ByteBuffer(string: "x"), promise: waiting)
        early.client.pipeline.fireChannelInactive()
        #expect(throws: TLSError.self) { try waiting.futureResult.wait() }
        #expect(early.clientEnd.errors.map(\.code) == [.handshakeInterrupted])
    }

    @Test func `A reset is told once, by the transport`() throws {
        let pair = try open()
        pair.server.pipeline.fireErrorCaught(IOError(errnoCode: ECONNRESET, reason: "read"))
        pair.server.pipeline.fireChannelInactive()
        #expect(pair.serverEnd.otherErrors == 1)
        #expect(pair.serverEnd.errors.isEmpty)
    }
}
