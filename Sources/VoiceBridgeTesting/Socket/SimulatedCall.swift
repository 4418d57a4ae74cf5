// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import TransportSecurity
import WebSocketWire

/// Puts simulated calls through to a server over a socket, in real time.
public enum SimulatedCall {
    /// Plays one call and returns when it is over.
    ///
    /// Cancelling the task is the caller hanging up.
    ///
    /// - Parameters:
    ///   - url: `ws://…` or `wss://…`, with the path of the route.
    ///   - configuration: the call.
    ///   - connection: headers, and how far the server is trusted.
    ///   - onProgress: called about ten times a second, on the call's event loop: it may not wait.
    /// - Returns: what the platform and the caller saw; also when the server broke the protocol.
    /// - Throws: ``SimulatedCallError`` when no WebSocket came about.
    public static func run(
        url: String,
        _ configuration: SimulatedCallConfiguration,
        connection: SimulatedConnection = SimulatedConnection(),
        onProgress: (@Sendable (SimulatedCallProgress) -> Void)? = nil
    ) async throws(SimulatedCallError) -> SimulatedCallResult {
        let address = try address(url)
        let security = try address.isSecure ? tlsContext(connection) : nil
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(TimeAmount(connection.timeout))
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: address.host, port: address.port)
                .get()
            let promise = channel.eventLoop.makePromise(of: Outcome.self)
            // A name may have several addresses that are tried side by side: only the one that won gets handlers.
            channel.eventLoop.execute {
                do {
                    if let security {
                        let handler = try TLSHandler(client: security, serverName: address.host)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    let handler = SimulatedCallHandler(
                        address,
                        configuration,
                        connection,
                        promise: promise,
                        onProgress: onProgress
                    )
                    try channel.pipeline.syncOperations.addHandler(handler)
                } catch {
                    // The server was gone again before there was a handler: nobody else ends the wait.
                    promise.fail(error)
                    channel.close(promise: nil)
                }
            }
            let outcome = try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                channel.pipeline.fireUserInboundEventTriggered(SimulatedCallHandler.CallerHangsUp())
            }
            try? await channel.closeFuture.get()
            return try outcome.get()
        } catch let error as SimulatedCallError {
            throw error
        } catch {
            throw SimulatedCallError("cannot connect to \(address.hostHeader): \(SimulatedConnection.words(error))")
        }
    }

    /// Says whether a URL can be called at all.
    ///
    /// - Throws: ``SimulatedCallError`` that tells what is wrong with it.
    public static func check(url: String) throws(SimulatedCallError) {
        _ = try address(url)
    }

    private static func address(_ url: String) throws(SimulatedCallError) -> WebSocketURL {
        do {
            return try WebSocketURL(url)
        } catch {
            throw SimulatedCallError(error.description)
        }
    }

    typealias Outcome = Result<SimulatedCallResult, SimulatedCallError>

    private static func tlsContext(_ connection: SimulatedConnection) throws(SimulatedCallError) -> TLSContext {
        do {
            return try connection.tlsContext()
        } catch {
            throw SimulatedCallError(error.message)
        }
    }
}
