// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1
import WebSocketWire

/// Answers one HTTP request: with 101 and an ``EchoHandler`` in its own place, or with the refusal's status.
final class EchoUpgradeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let handshake: HandshakeConfiguration
    private let limits: MessageLimits
    private let encoder: HTTPResponseEncoder
    private let decoder: ByteToMessageHandler<HTTPRequestDecoder>
    private var decision: HandshakeDecision?

    init(
        handshake: HandshakeConfiguration,
        limits: MessageLimits,
        encoder: HTTPResponseEncoder,
        decoder: ByteToMessageHandler<HTTPRequestDecoder>
    ) {
        self.handshake = handshake
        self.limits = limits
        self.encoder = encoder
        self.decoder = decoder
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard decision == nil else { return context.close(promise: nil) }
            decision = ServerHandshake.evaluate(Self.request(head), configuration: handshake)
        case .body:
            return
        case .end:
            switch decision {
            case .accept(let accepted): accept(accepted, context)
            case .refuse(let refusal): refuse(refusal, context)
            case nil: context.close(promise: nil)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private static func request(_ head: HTTPRequestHead) -> OpeningRequest {
        OpeningRequest(
            method: head.method.rawValue,
            target: head.uri,
            majorVersion: head.version.major,
            minorVersion: head.version.minor,
            headers: HandshakeHeaders(head.headers.lazy.map { (name: $0.name, value: $0.value) })
        )
    }

    private func accept(_ accepted: AcceptedHandshake, _ context: ChannelHandlerContext) {
        send(.switchingProtocols, accepted.headers, context)
        let configuration = WebSocketConfiguration(
            role: .server,
            limits: limits,
            pingInterval: nil,
            compression: accepted.compression
        )
        do {
            let pipeline = context.pipeline.syncOperations
            try pipeline.addHandler(EchoHandler(configuration))
            // This handler goes first and at once: bytes behind the request come out of the decoder when that is
            // removed, and must meet the echo.
            _ = pipeline.removeHandler(self)
            _ = pipeline.removeHandler(encoder)
            _ = pipeline.removeHandler(decoder)
        } catch {
            context.close(promise: nil)
        }
    }

    private func refuse(_ refusal: HandshakeRefusal, _ context: ChannelHandlerContext) {
        var headers = refusal.headers
        let body = refusal.reason + "\n"
        headers.append("Content-Type", "text/plain; charset=utf-8")
        headers.append("Content-Length", "\(body.utf8.count)")
        if headers["Connection"] == nil { headers.append("Connection", "close") }
        send(HTTPResponseStatus(statusCode: refusal.status), headers, body: body, context)
        context.close(promise: nil)
    }

    private func send(
        _ status: HTTPResponseStatus,
        _ headers: HandshakeHeaders,
        body: String? = nil,
        _ context: ChannelHandlerContext
    ) {
        let fields = HTTPHeaders(headers.fields.map { ($0.name, $0.value) })
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
