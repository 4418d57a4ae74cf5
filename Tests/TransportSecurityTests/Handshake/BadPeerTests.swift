// SPDX-License-Identifier: Apache-2.0
import COpenSSL
import NIOCore
import NIOEmbedded
import Testing
import TransportSecurity

@Suite struct BadPeerTests {
    let materials: Materials

    init() throws { materials = try Materials() }

    @Test(arguments: [TLS1_VERSION, TLS1_1_VERSION])
    func `An old client is refused with the alert for that`(version: Int32) throws {
        let server = try ServerEnd(materials.server())
        let peer = try #require(RawPeer(clientFrom: version, to: version))
        _ = peer.handshake()
        server.receive(peer.output())
        #expect(server.end.errors.map(\.code) == [.unsupportedVersion])
        // RFC 8446 §6.2: a record of type alert (21) with fatal (2), protocol_version (70).
        let answer = Array(try server.output().readableBytesView)
        #expect(answer.count == 7)
        #expect(answer.first == 21)
        #expect(answer.suffix(2) == [2, 70])
    }

    @Test func `The hand-made client is served when it is up to date`() throws {
        let server = try ServerEnd(materials.server())
        let peer = try #require(RawPeer(clientFrom: TLS1_2_VERSION, to: TLS1_3_VERSION))
        try server.talk(with: peer)
        #expect(server.end.negotiation?.version == .v1_3)
        // It offered no ALPN.
        #expect(server.end.negotiation?.applicationProtocol == nil)
    }

    @Test func `A new handshake on an open connection is refused and the connection goes on`() throws {
        let server = try ServerEnd(materials.server())
        let peer = try #require(RawPeer(clientFrom: TLS1_2_VERSION, to: TLS1_2_VERSION))
        try server.talk(with: peer)
        #expect(server.end.negotiation?.version == .v1_2)
        #expect(peer.renegotiate())
        _ = peer.handshake()
        server.receive(peer.output())
        let answer = try server.output()
        // A warning alert (RFC 5746 §4.5): type 21 outside, no handshake record (22).
        #expect(answer.readableBytesView.first == 21)
        peer.input(answer)
        _ = peer.handshake()
        #expect(peer.lastReason == SSL_R_NO_RENEGOTIATION)
        #expect(server.end.handshakes == 1)
        server.channel.writeAndFlush(ByteBuffer(string: "unmoved"), promise: nil)
        #expect(server.channel.isActive)
    }

    @Test(arguments: ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", "POST /v1 HTTP/1.1\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\n\r\n"])
    func `Plain HTTP on the TLS port is named, and answered in plain`(request: String) throws {
        let server = try ServerEnd(materials.server())
        server.receive(ByteBuffer(string: request))
        #expect(server.end.errors.map(\.code) == [.plainHTTP])
        let answer = String(buffer: try server.output())
        #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(answer.hasSuffix("\r\n\r\nThis port speaks TLS: use https:// or wss://.\n"))
    }

    @Test(arguments: nonsense)
    func `Nonsense instead of a ClientHello costs that connection`(bytes: [UInt8]) throws {
        let server = try ServerEnd(materials.server())
        server.receive(ByteBuffer(bytes: bytes))
        #expect(server.end.errors.count == 1)
        #expect([.notTLS, .handshakeFailed].contains(server.end.errors.first?.code))
        #expect(server.end.handshakes == 0)
        server.channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!server.channel.isActive)
    }

    @Test func `A client that speaks to a plain server says so`() throws {
        let end = Recorder()
        let tls = try TLSHandler(client: materials.client(), serverName: "localhost")
        let channel = EmbeddedChannel(handlers: [tls, end])
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        channel.pipeline.fireChannelRead(ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\n\r\n"))
        #expect(end.errors.map(\.code) == [.notTLS])
        #expect(end.errors.first?.message.contains("check scheme and port") == true)
    }

    @Test func `A changed record costs that connection and both sides know`() throws {
        let pair = try TLSPair(server: materials.server(), client: materials.client())
        try pair.pump()
        pair.client.writeAndFlush(ByteBuffer(string: "hello"), promise: nil)
        var record = try #require(try pair.client.readOutbound(as: ByteBuffer.self))
        let last = record.writerIndex - 1
        let byte = try #require(record.getInteger(at: last, as: UInt8.self))
        record.setInteger(byte ^ 1, at: last)
        pair.feed(record, to: pair.server)
        #expect(pair.serverEnd.errors.map(\.code) == [.protocolViolation])
        #expect(pair.serverEnd.received.readableBytes == 0)
        try pair.pump()
        #expect(pair.clientEnd.errors.map(\.code) == [.refusedByPeer])
        #expect(pair.clientEnd.errors.first?.message.contains("alert 20 ") == true)
    }

    @Test func `No common application protocol is said by the alert for that`() throws {
        let pair = try TLSPair(
            server: materials.server(),
            client: materials.client { $0.applicationProtocols = ["h2"] }
        )
        try pair.pump()
        #expect(pair.serverEnd.errors.count == 1)
        #expect(pair.clientEnd.errors.first?.message.contains("alert 120 ") == true)
    }

    @Test func `A fault of one connection is not told by the next`() throws {
        let broken = try ServerEnd(materials.server())
        broken.receive(ByteBuffer(string: "nonsense, nonsense"))
        #expect(broken.end.errors.count == 1)
        let pair = try TLSPair(server: materials.server(), client: materials.client())
        try pair.pump()
        try pair.send("well", from: pair.client)
        #expect(pair.serverEnd.errors.isEmpty)
        #expect(pair.serverEnd.text == "well")
    }
}

private let nonsense: [[UInt8]] = [
    [UInt8](repeating: 0, count: 11),
    [UInt8](repeating: 0xFF, count: 300),
    Array("SSH-2.0-OpenSSH_9.2\r\n".utf8),
    // A ClientHello's header with a body of nonsense.
    [22, 3, 1, 0, 8, 1, 0, 0, 4, 9, 9, 9, 9],
]
