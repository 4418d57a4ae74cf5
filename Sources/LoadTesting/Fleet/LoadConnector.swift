// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import TransportSecurity
import VoiceBridgeTesting
import WebSocketWire

/// Connects to the server.
enum LoadConnector {
    /// Connects and puts TLS on the channel where the URL asks for it; tells the outcome on the loop.
    static func connect(
        _ settings: LoadSettings,
        on loop: any EventLoop,
        then body: @escaping @Sendable (Result<any Channel, LoadError>) -> Void
    ) {
        ClientBootstrap(group: loop)
            .connectTimeout(settings.timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: settings.address.host, port: settings.address.port)
            .whenComplete { result in
                switch result {
                case .failure(let error): body(.failure(LoadError(SimulatedConnection.words(error))))
                case .success(let channel):
                    do {
                        if let security = settings.security {
                            let handler = try TLSHandler(
                                client: security,
                                serverName: settings.address.host,
                                session: settings.session
                            )
                            try channel.pipeline.syncOperations.addHandler(handler)
                        }
                        body(.success(channel))
                    } catch {
                        channel.close(promise: nil)
                        body(.failure(LoadError("\(error)")))
                    }
                }
            }
    }
}
