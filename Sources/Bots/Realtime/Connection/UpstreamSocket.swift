// SPDX-License-Identifier: Apache-2.0

import TransportSecurity
import WebSocketWire

/// A WebSocket to the service, from before it is connected to after it is closed.
final class UpstreamSocket: UpstreamConnection, WebSocketClientDelegate {
    private weak var delegate: (any UpstreamDelegate)?
    var handler: WebSocketClientHandler?
    /// It was given up, or has ended.
    private(set) var isClosed = false

    init(delegate: any UpstreamDelegate) { self.delegate = delegate }

    func send(text: Span<UInt8>) { _ = handler?.send(text: text) }

    func flush() { handler?.flush() }

    func close() {
        isClosed = true
        delegate = nil
        handler?.close()
        handler = nil
    }

    /// No connection came about.
    func fail(_ text: String) { end(.failed(text)) }

    func webSocketOpened() { delegate?.upstreamOpened() }

    func webSocketReceived(text: Span<UInt8>) { delegate?.upstreamReceived(text) }

    func webSocketMessageEnded() { delegate?.upstreamMessageEnded() }

    func webSocketWritabilityChanged(_ isWritable: Bool) { delegate?.upstreamWritabilityChanged(isWritable) }

    func webSocketClosed(_ end: WebSocketClientEnd) {
        switch end {
        case .refused(let status, let retryAfter):
            let pause = retryAfter.flatMap { Int($0) }.map { Duration.seconds(max(0, min($0, 3_600))) }
            self.end(.refused(status: status, retryAfter: pause))
        case .closed(let code, let reason): self.end(.closed(code: code.rawValue, reason: reason))
        case .failed(_, let error as TLSError) where Self.isDistrust(error): self.end(.untrusted(error.message))
        case .failed(_, let error as TLSError): self.end(.failed(error.message))
        case .failed(let text, _): self.end(.failed(text))
        }
    }

    private func end(_ end: UpstreamEnd) {
        guard !isClosed else { return }
        isClosed = true
        handler = nil
        delegate?.upstreamClosed(end)
    }

    /// Faults that come again with every attempt.
    private static func isDistrust(_ error: TLSError) -> Bool {
        [.peerUntrusted, .hostNameMismatch, .notTLS, .plainHTTP, .unsupportedVersion].contains(error.code)
    }
}
