// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import Testing

@testable import WebSocketWire

/// Notes what a client's WebSocket tells.
private final class Notes: WebSocketClientDelegate {
    var lines: [String] = []

    func webSocketOpened() { lines.append("opened") }
    func webSocketReceived(text: Span<UInt8>) {
        lines.append(String(decoding: text.indices.map { text[$0] }, as: UTF8.self))
    }
    func webSocketMessageEnded() { lines.append("ended") }
    func webSocketWritabilityChanged(_ isWritable: Bool) {}
    func webSocketClosed(_ end: WebSocketClientEnd) {
        switch end {
        case .refused(let status, let retryAfter): lines.append("refused \(status) \(retryAfter ?? "-")")
        case .failed(let text, _): lines.append("failed: \(text)")
        case .closed(let code, let reason): lines.append("closed \(code.rawValue) \(reason)")
        }
    }
}

@Suite("A client's WebSocket on a channel") struct WebSocketClientHandlerTests {
    private let notes = Notes()
    private let channel = EmbeddedChannel()
    private let handler: WebSocketClientHandler

    init() throws {
        var headers = HandshakeHeaders()
        headers.append("Authorization", "Bearer k")
        handler = WebSocketClientHandler(
            .init(url: try WebSocketURL("ws://127.0.0.1:9/v1?model=m"), headers: headers),
            configuration: WebSocketConfiguration(role: .client),
            delegate: notes
        )
        // The order of a socket: the connection is there, the handler is added, and then the channel tells of it.
        channel.pipeline.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 9), promise: nil)
        try channel.pipeline.syncOperations.addHandler(handler)
        channel.pipeline.fireChannelActive()
    }

    private func sent() throws -> String {
        var all = ""
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
            all += String(decoding: buffer.readableBytesView, as: UTF8.self)
        }
        return all
    }

    private func answer(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }

    /// Agrees to what was asked.
    private func open() throws {
        let request = try sent()
        let key = try #require(request.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Key: ") })
        let accept = try HandshakeKey.accept(for: String(key.dropFirst(19)))
        try answer(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: \(accept)\r\n\r\n"
        )
    }

    @Test("The request goes out once, though the channel tells of its becoming active behind the handler's coming")
    func once() throws {
        let request = try sent()
        #expect(request.hasPrefix("GET /v1?model=m HTTP/1.1\r\n"))
        #expect(request.contains("\r\nHost: 127.0.0.1:9\r\n"))
        #expect(request.contains("\r\nAuthorization: Bearer k\r\n"))
        #expect(request.matches(of: /GET\ /).count == 1)
        #expect(request.hasSuffix("\r\n\r\n"))
    }

    @Test("Messages go both ways; what is sent is masked and waits for the flush")
    func messages() throws {
        try open()
        #expect(notes.lines == ["opened"])
        try channel.writeInbound(ByteBuffer(bytes: [0x81, 2] + Array("hi".utf8)))
        #expect(notes.lines == ["opened", "hi", "ended"])
        let isTaken = handler.send(text: "abc".utf8.span)
        #expect(isTaken)
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        handler.flush()
        let frame = try #require(try channel.readOutbound(as: ByteBuffer.self)).readableBytesView.map { $0 }
        #expect(frame.prefix(2) == [0x81, 0x83])
        let key = frame[2..<6]
        #expect(zip(frame[6...], key).map { $0 ^ $1 } == Array("abc".utf8))
    }

    @Test("A message in one piece with the answer is not lost")
    func eager() throws {
        let request = try sent()
        let key = try #require(request.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Key: ") })
        let accept = try HandshakeKey.accept(for: String(key.dropFirst(19)))
        var buffer = ByteBuffer(
            string: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: \(accept)\r\n\r\n"
        )
        buffer.writeBytes([0x81, 1, 0x61])
        try channel.writeInbound(buffer)
        #expect(notes.lines == ["opened", "a", "ended"])
    }

    @Test("A refusal tells its status and when to come again")
    func refused() throws {
        try answer("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3\r\n\r\n")
        #expect(notes.lines == ["refused 429 3"])
        #expect(!channel.isActive)
    }

    @Test("What is no HTTP, a wrong key and a lost connection are failures, told once")
    func failures() throws {
        try answer("220 mail.example ESMTP\r\n\r\n")
        #expect(notes.lines.count == 1)
        #expect(notes.lines[0].hasPrefix("failed: the server's answer is not HTTP"))
        #expect(!channel.isActive)
    }

    @Test("The server's close is answered and told with its code")
    func closed() throws {
        try open()
        try channel.writeInbound(ByteBuffer(bytes: [0x88, 5, 0x03, 0xE9] + Array("bye".utf8)))
        let frame = try #require(try channel.readOutbound(as: ByteBuffer.self)).readableBytesView.map { $0 }
        #expect(frame[0] == 0x88)
        channel.pipeline.fireChannelInactive()
        #expect(notes.lines.last == "closed 1001 bye")
    }

    @Test("Nothing is told behind the client's own close")
    func givenUp() throws {
        try open()
        handler.close()
        channel.pipeline.fireChannelInactive()
        #expect(notes.lines == ["opened"])
    }
}
