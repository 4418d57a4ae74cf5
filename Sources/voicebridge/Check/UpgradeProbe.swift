// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import TransportSecurity
import WebSocketWire

/// Asks for an upgrade, says how it was answered, and leaves again.
enum UpgradeProbe {
    /// Why there was no answer.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// How long connecting and answering may take, each.
    private static let timeout = TimeAmount.seconds(10)

    /// The status of the answer, 101 for an upgrade.
    ///
    /// - Parameters:
    ///   - request: what is asked.
    ///   - security: how `wss` is verified.
    /// - Returns: 101, or the status of a refusal.
    /// - Throws: an error that says why there was no answer.
    static func status(_ request: CheckRequest, _ security: TLSClientConfiguration) async throws -> Int {
        let url = try WebSocketURL(request.url)
        let context = url.isSecure ? try TLSContext(security) : nil
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(timeout)
                .connect(host: url.host, port: url.port)
                .get()
        } catch let error as NIOConnectionError {
            let first = error.connectionErrors.first
            let cause = first.map { "\($0.error)" } ?? "the name does not resolve; check the host"
            throw Failure(description: "cannot connect to \(url.hostHeader): \(cause)")
        }
        let asked = WebSocketClientHandler.Request(
            url: url,
            headers: HandshakeHeaders(request.fields),
            timeout: timeout
        )
        return try await channel.eventLoop.flatSubmit {
            let promise = channel.eventLoop.makePromise(of: Int.self)
            let answer = Answer(promise)
            do {
                let pipeline = channel.pipeline.syncOperations
                if let context { try pipeline.addHandler(TLSHandler(client: context, serverName: url.host)) }
                let configuration = WebSocketConfiguration(role: .client, closeTimeout: .seconds(1))
                let handler = WebSocketClientHandler(asked, configuration: configuration, delegate: answer)
                answer.handler = handler
                try pipeline.addHandler(handler)
            } catch {
                answer.webSocketClosed(.failed("\(error)", error))
                channel.close(promise: nil)
            }
            // The handler knows its delegate weakly.
            let kept = NIOLoopBound(answer, eventLoop: channel.eventLoop)
            promise.futureResult.whenComplete { _ in _ = kept.value }
            return promise.futureResult
        }.get()
    }

    private final class Answer: WebSocketClientDelegate {
        weak var handler: WebSocketClientHandler?
        private var promise: EventLoopPromise<Int>?

        init(_ promise: EventLoopPromise<Int>) { self.promise = promise }

        func webSocketOpened() {
            complete(.success(101))
            handler?.close()
        }

        func webSocketReceived(text: Span<UInt8>) {}
        func webSocketMessageEnded() {}
        func webSocketWritabilityChanged(_ isWritable: Bool) {}

        func webSocketClosed(_ end: WebSocketClientEnd) {
            switch end {
            case .refused(let status, _): complete(.success(status))
            case .failed(let words, _): complete(.failure(Failure(description: words)))
            case .closed(_, let reason): complete(.failure(Failure(description: "closed before it opened: \(reason)")))
            }
        }

        private func complete(_ result: Result<Int, any Error>) {
            promise?.completeWith(result)
            promise = nil
        }
    }
}
