// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// One request and what has come of its answer.
final class Exchange: Sendable {
    private struct State {
        var head: CheckedContinuation<HTTPResponse, any Error>?
        var body: AsyncThrowingStream<[UInt8], any Error>.Continuation?
        var received = 0
        var failure: (any Error)?
        var isOver = false
        var alarm: Task<Void, Never>?
    }

    let task: URLSessionDataTask
    private let deadline: Duration
    private let maximumBody: Int
    private let state = Mutex(State())

    init(task: URLSessionDataTask, request: HTTPRequest) {
        self.task = task
        deadline = request.deadline
        maximumBody = request.maximumBody
    }

    /// Begins, and answers the continuation with the head or an error.
    func start(_ head: CheckedContinuation<HTTPResponse, any Error>) {
        let failure = state.withLock { state -> (any Error)? in
            if let failure = state.failure { return failure }
            state.head = head
            state.alarm = Task { [weak self, deadline] in
                // The sleep is the request's deadline; it is cancelled when the exchange ends before.
                guard (try? await Task.sleep(for: deadline)) != nil else { return }
                self?.fail(HTTPClientError.deadline(deadline))
            }
            return nil
        }
        if let failure {
            head.resume(throwing: failure)
            task.cancel()
        } else {
            task.resume()
        }
    }

    /// The head came.
    func receive(_ response: URLResponse) {
        guard let response = response as? HTTPURLResponse else { return fail(HTTPClientError.notHTTP) }
        var fields = HTTPFields()
        for (name, value) in response.allHeaderFields { fields.append("\(name)", "\(value)") }
        let (pieces, body) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        body.onTermination = { [weak self] termination in
            if case .cancelled = termination { self?.fail(CancellationError()) }
        }
        let head = state.withLock { state -> CheckedContinuation<HTTPResponse, any Error>? in
            guard !state.isOver, state.body == nil else { return nil }
            state.body = body
            defer { state.head = nil }
            return state.head
        }
        head?.resume(returning: HTTPResponse(status: response.statusCode, fields: fields, body: HTTPBody(pieces)))
    }

    /// A piece of the body came.
    func receive(_ data: Data) {
        let isTooLarge = state.withLock { state in
            guard !state.isOver else { return false }
            state.received += data.count
            guard state.received <= maximumBody else { return true }
            state.body?.yield(Array(data))
            return false
        }
        if isTooLarge { fail(HTTPClientError.bodyTooLarge(limit: maximumBody)) }
    }

    /// The session is done with the request.
    func complete(_ error: (any Error)?) {
        guard let error else { return end(nil) }
        let system = error as NSError
        end(HTTPClientError.connection(code: system.code, text: system.localizedDescription))
    }

    /// Ends the exchange before the session does.
    func fail(_ error: any Error) {
        end(error)
        task.cancel()
    }

    /// The same where the session asks from its own queue, in which no task can be cancelled.
    func failInSession(_ error: any Error) {
        end(error)
        DispatchQueue.global().async { [task] in task.cancel() }
    }

    private func end(_ error: (any Error)?) {
        let before = state.withLock { state -> State? in
            guard !state.isOver else { return nil }
            state.isOver = true
            state.failure = error
            defer {
                state.head = nil
                state.body = nil
                state.alarm = nil
            }
            return state
        }
        guard let before else { return }
        before.alarm?.cancel()
        before.head?.resume(throwing: error ?? HTTPClientError.notHTTP)
        before.body?.finish(throwing: error)
    }
}
