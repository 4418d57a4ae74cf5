// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Hands what a session tells to the exchange it is about.
final class Exchanges: NSObject, URLSessionDataDelegate {
    private let live = Mutex<[Int: Exchange]>([:])

    func add(_ exchange: Exchange) { live.withLock { $0[exchange.task.taskIdentifier] = exchange } }

    private func find(_ task: URLSessionTask) -> Exchange? { live.withLock { $0[task.taskIdentifier] } }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        find(dataTask)?.receive(response)
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        find(dataTask)?.receive(data)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let exchange = live.withLock { $0.removeValue(forKey: task.taskIdentifier) }
        exchange?.complete(error)
    }

    /// The other side closed a connection that was used before, and the body would have to be sent once more.
    ///
    /// Whether the request was carried out is not known: who asked decides whether to ask again. The session has no body to send
    /// then, and would wait up to the deadline behind a head that it does send: the end of the task closes that connection.
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        needNewBodyStream completionHandler: @escaping @Sendable (InputStream?) -> Void
    ) {
        let code = URLError.networkConnectionLost.rawValue
        find(task)?.failInSession(HTTPClientError.connection(code: code, text: Self.unanswered))
        completionHandler(nil)
    }

    private static let unanswered = "the other side closed it without an answer"

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
