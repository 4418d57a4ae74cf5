// SPDX-License-Identifier: Apache-2.0
import Foundation
import NIOCore
import WebSocketWire

extension SimulatedCallHandler {
    /// Writes the opening request; with an eager start the first messages go with it in one piece.
    func sendRequest(_ context: ChannelHandlerContext) {
        let call = platform.configuration
        let own = call.dialect.headers(of: call)
        let given = options.headers.map { (name: $0.name, value: $0.value) }
        let target = call.variant?.target(address.target, of: call) ?? address.target
        let additional = HandshakeHeaders(own + signature(over: target, session: own) + given)
        var request = ByteBuffer(string: "GET \(target) HTTP/1.1\r\n")
        for field in handshake.requestHeaders(host: address.hostHeader, additional: additional).fields {
            request.writeString("\(field.name): \(field.value)\r\n")
        }
        request.writeString("\r\n")
        guard platform.configuration.startsEagerly else {
            context.writeAndFlush(wrapOutboundOut(request), promise: nil)
            return
        }
        open()
        platform.advance(to: .zero)
        while let action = platform.nextAction() {
            if case .text(let text) = action { _ = wire?.send(text: text, into: &request) }
            if case .binary(let bytes) = action { _ = wire?.send(binary: bytes.span, into: &request) }
        }
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }

    /// The fields that prove who asks.
    private func signature(
        over target: String,
        session: [(name: String, value: String)]
    ) -> [(name: String, value: String)] {
        guard let signature = options.signature else { return [] }
        let called = "\(address.isSecure ? "wss" : "ws")://\(address.hostHeader)\(target)"
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        let nonce = String((0..<32).map { _ in alphabet[Int.random(in: alphabet.indices)] })
        return signature.fields(
            for: options.signedURL ?? called,
            session: session,
            nonce: nonce,
            now: Int(Date().timeIntervalSince1970)
        )
    }

    /// Reads the server's answer; true when the WebSocket is open.
    func readResponse(_ context: ChannelHandlerContext) -> Bool {
        do throws(SimulatedCallError) {
            guard let response = try readHead() else { return false }
            do throws(ClientHandshakeError) {
                _ = try handshake.check(status: response.status, headers: response.headers)
            } catch {
                throw SimulatedCallError("\(error)", status: response.status)
            }
        } catch {
            fail(error.description, context, status: error.status)
            return false
        }
        if wire == nil { open() }
        isOpen = true
        startReporting(context)
        return true
    }

    private func readHead() throws(SimulatedCallError) -> OpeningResponse? {
        do {
            return try OpeningResponse(from: &head)
        } catch {
            throw SimulatedCallError(error.description)
        }
    }

    /// Takes bytes of the WebSocket and hands its messages to the platform.
    func receive(_ bytes: ByteBuffer) {
        wire?.receive(bytes)
        do throws(WebSocketError) {
            while let event = try wire?.next(at: .now()) {
                switch event {
                case .text: platform.receive(text: takeMessage(), at: now)
                case .binary: platform.receive(binary: takeMessage(), at: now)
                case .close(let code):
                    let reason = wire?.closeStatus?.reason ?? ""
                    platform.receiveClose(code: code.rawValue, reason: reason, at: now)
                case .ping, .pong: break
                }
            }
        } catch {
            platform.receiveFault(error.description, at: now)
        }
    }

    /// Does on the socket what the platform wants done.
    func perform(_ context: ChannelHandlerContext) {
        while let action = platform.nextAction() {
            var buffer = context.channel.allocator.buffer(capacity: 1_024)
            switch action {
            case .text(let text): _ = wire?.send(text: text, into: &buffer)
            case .binary(let bytes): _ = wire?.send(binary: bytes.span, into: &buffer)
            case .close(let code, let reason):
                _ = wire?.close(CloseCode(rawValue: code), reason: reason, at: .now())
            case .halfClose:
                context.flush()
                context.close(mode: .output, promise: nil)
            case .disconnect: break  // The end of the platform's call closes the channel.
            case .stopReading:
                isReading = false
                context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
            }
            if buffer.readableBytes > 0 { context.write(wrapOutboundOut(buffer), promise: nil) }
            writeOutbound(context)
        }
        writeOutbound(context)
    }

    private func writeOutbound(_ context: ChannelHandlerContext) {
        guard isReading, let bytes = wire?.takeOutbound(), bytes.readableBytes > 0 else { return }
        context.write(wrapOutboundOut(bytes), promise: nil)
    }

    private func open() {
        origin = .now()
        // The platform neither pings nor gives the server up: the server has to.
        wire = WebSocketConnection(configuration: WebSocketConfiguration(role: .client, pingInterval: nil), now: origin)
    }

    private func takeMessage() -> [UInt8] {
        Array((wire?.takeMessage() ?? ByteBuffer()).readableBytesView)
    }
}
