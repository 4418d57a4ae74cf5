// SPDX-License-Identifier: Apache-2.0

import CallModel
package import NIOCore
import NIOPosix
import TransportSecurity
import WebSocketWire

/// Connects to a realtime service over TCP, with TLS where its URL says so.
package struct SocketConnector: UpstreamConnector {
    private let request: WebSocketClientHandler.Request
    private let security: TLSContext?
    private let timeout: TimeAmount
    private let session = TLSClientSession()

    /// A connector for these settings, shared by all calls of a bot: a second handshake takes up the first one's session.
    ///
    /// - Throws: ``RealtimeError`` when the URL, a header or the file of authorities is no good.
    package init(_ settings: RealtimeSettings) throws(RealtimeError) {
        timeout = TimeAmount(settings.connectTimeout)
        let url: WebSocketURL
        do {
            url = try WebSocketURL(Self.address(settings))
        } catch {
            throw RealtimeError(.settings, "url: \(error.description)")
        }
        request = WebSocketClientHandler.Request(url: url, headers: try Self.headers(settings), timeout: timeout)
        guard url.isSecure else {
            security = nil
            return
        }
        var configuration = TLSClientConfiguration()
        configuration.handshakeTimeout = settings.connectTimeout
        if let file = settings.trustedCertificates { configuration.trustRoots = .only(.file(file)) }
        do {
            security = try TLSContext(configuration)
        } catch {
            throw RealtimeError(.settings, "trusted_certificates: \(error.message)")
        }
    }

    package func connect(on loop: (any EventLoop)?, delegate: any UpstreamDelegate) -> any UpstreamConnection {
        let socket = UpstreamSocket(delegate: delegate)
        guard let loop else {
            socket.fail("there is no event loop to connect on")
            return socket
        }
        let bound = NIOLoopBound(socket, eventLoop: loop)
        let url = request.url
        ClientBootstrap(group: loop)
            .connectTimeout(timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: url.host, port: url.port)
            .hop(to: loop)
            .whenComplete { result in
                switch result {
                case .success(let channel): self.join(channel, bound.value)
                case .failure(let error): bound.value.fail("cannot connect to \(url.hostHeader): \(Self.words(error))")
                }
            }
        return socket
    }

    /// Puts the handlers into a channel that is connected; only the address that answered first gets them.
    private func join(_ channel: any Channel, _ socket: UpstreamSocket) {
        guard !socket.isClosed else { return channel.close(promise: nil) }
        do {
            if let security {
                let handler = try TLSHandler(client: security, serverName: request.url.host, session: session)
                try channel.pipeline.syncOperations.addHandler(handler)
            }
            let handler = WebSocketClientHandler(
                request,
                configuration: WebSocketConfiguration(
                    role: .client,
                    limits: MessageLimits(maximumMessageBytes: 8 << 20),
                    closeTimeout: .seconds(2)
                ),
                delegate: socket
            )
            socket.handler = handler
            try channel.pipeline.syncOperations.addHandler(handler)
        } catch {
            socket.fail("\(error)")
            channel.close(promise: nil)
        }
    }

    /// The URL with the model in its query.
    static func address(_ settings: RealtimeSettings) -> String {
        guard let model = settings.model, !model.isEmpty, !settings.url.contains("model=") else { return settings.url }
        let escaped = model.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || "-._~".contains(character))
            return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return settings.url + (settings.url.contains("?") ? "&" : "?") + "model=" + escaped.joined()
    }

    static func headers(_ settings: RealtimeSettings) throws(RealtimeError) -> HandshakeHeaders {
        var headers = HandshakeHeaders()
        for (name, value) in settings.headers.sorted(by: { $0.key < $1.key }) { headers.append(name, value) }
        if let key = settings.apiKey?.reveal() {
            let isAuthorization = settings.keyHeader.lowercased() == "authorization"
            headers.append(settings.keyHeader, isAuthorization ? "Bearer \(key)" : key)
        }
        if settings.eventNames == .beta { headers.append("OpenAI-Beta", "realtime=v1") }
        for field in headers.fields {
            let isName = !field.name.isEmpty && field.name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A }
            guard isName, field.value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw RealtimeError(
                    .settings,
                    "the header '\(field.name.prefixed(toBytes: 40))' has characters no header can have"
                )
            }
        }
        return headers
    }

    /// The cause in words, without the wrapping of NIO's connection errors.
    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { words($0.error) } ?? "the name does not resolve; check the host"
        case let error as ChannelError where "\(error)".contains("connectTimeout"): "no answer in time"
        case let error as IOError where error.errnoCode == 111: "refused; is the service listening there?"
        default: "\(error)"
        }
    }
}
