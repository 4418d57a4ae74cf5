// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import Testing
import TransportSecurity

@Suite struct DeadlineTests {
    let materials: Materials

    init() throws { materials = try Materials() }

    @Test func `A client that says nothing is let go after the handshake's time`() throws {
        let server = try ServerEnd(materials.server { $0.handshakeTimeout = .seconds(3) })
        server.channel.embeddedEventLoop.advanceTime(by: .milliseconds(2_999))
        #expect(server.end.errors.isEmpty)
        server.channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(server.end.errors.map(\.code) == [.handshakeTimedOut])
        #expect(server.end.errors.first?.message.contains("3.0 seconds") == true)
        server.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!server.channel.isActive)
    }

    @Test func `A client that dribbles has no more time than one that is silent`() throws {
        let server = try ServerEnd(materials.server { $0.handshakeTimeout = .seconds(3) })
        for _ in 0..<4 {
            server.channel.embeddedEventLoop.advanceTime(by: .milliseconds(700))
            server.receive(ByteBuffer(bytes: [22]))
            if !server.end.errors.isEmpty { break }
        }
        server.channel.embeddedEventLoop.advanceTime(by: .milliseconds(200))
        #expect(server.end.errors.count == 1)
    }

    @Test func `A finished handshake has no deadline`() throws {
        let pair = try TLSPair(server: materials.server(), client: materials.client())
        try pair.pump()
        for channel in [pair.server, pair.client] { channel.embeddedEventLoop.advanceTime(by: .hours(24)) }
        try pair.send("still here", from: pair.client)
        #expect(pair.serverEnd.text == "still here")
    }
}
