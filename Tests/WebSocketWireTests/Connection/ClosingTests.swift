// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Testing
import WebSocketWire

@Suite struct ClosingTests {
    static func connection(_ role: WebSocketRole = .client) -> WebSocketConnection {
        WebSocketConnection(
            configuration: WebSocketConfiguration(role: role, maskingKeys: .reproducible(seed: 3)),
            now: .uptimeNanoseconds(0)
        )
    }

    @Test func sendsNothingAfterClose() {
        var connection = Self.connection(.server)
        let began = connection.close(.goingAway, reason: "drain", at: .uptimeNanoseconds(0))
        let again = connection.close(.normal, at: .uptimeNanoseconds(0))
        var buffer = ByteBuffer()
        let sent = connection.send(text: "late", into: &buffer) || connection.send(binary: [1].span, into: &buffer)
        #expect(began && !again && !sent && buffer.readableBytes == 0)
        #expect(Array(connection.takeOutbound().readableBytesView) == bytes("88 07 03 e9") + Array("drain".utf8))
        let isOpen = connection.isOpen
        let isClosed = connection.isClosed
        #expect(!isOpen && !isClosed)
    }

    /// Between this side's close and the peer's, messages still come in; a ping gets no pong any more.
    @Test func stillReadsWhileClosing() {
        var connection = Self.connection()
        connection.close(.normal, at: .uptimeNanoseconds(0))
        _ = connection.takeOutbound()
        let transcript = Transcript(bytes("81 01 61 89 00 88 02 03 e8 81 01 62"), to: &connection)
        #expect(transcript.events == ["text a", "ping ", "close 1000"])
        #expect(transcript.outbound == [])
        #expect(connection.closeStatus == CloseStatus(code: .normal, reason: "", initiator: .local))
    }

    @Test func readsNothingAfterTheClose() throws {
        var connection = Self.connection()
        let first = Transcript(bytes("88 05 03 e8 62 79 65"), to: &connection)
        let second = Transcript(bytes("81 01 61 ff ff"), to: &connection)
        #expect(first.events == ["close 1000"])
        #expect(second.events == [] && second.error == nil && second.outbound == [])
        #expect(connection.closeStatus == CloseStatus(code: .normal, reason: "bye", initiator: .peer))
    }

    @Test func aLostTransportIsAbnormal() {
        var connection = Self.connection()
        connection.transportClosed()
        #expect(connection.closeStatus?.code == .abnormal)
        #expect(connection.closeStatus?.initiator == .transport)
    }

    @Test func aServerIsClosedByTheEcho() {
        var connection = Self.connection(.server)
        let transcript = Transcript(bytes("88 82 00 00 00 00 03 e8"), to: &connection)
        #expect(transcript.outbound == bytes("88 02 03 e8"))
        let isClosed = connection.isClosed
        #expect(isClosed)
    }
}
