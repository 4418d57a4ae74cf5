// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallRecords
import OutboundHTTP
import Synchronization

@testable import Operations

/// An endpoint that takes everything whose signature is right, and keeps what it took.
final class Endpoints: Sendable {
    private struct State {
        var bodies: [String] = []
        var wrong = 0
        var waiting: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state = Mutex(State())
    private let signature: WebhookSignature

    init(secret: String) { signature = WebhookSignature(secret: Secret(secret)) }

    /// Takes a request; the status of its answer.
    func take(_ body: [UInt8], signature value: String?) -> Int {
        // A signature is as old as the request here: the test's clocks are the system's.
        let isRight = signature.isRight(value ?? "", of: body, now: RecordTime.now() / 1_000)
        let woken = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard isRight else {
                state.wrong += 1
                return nil
            }
            state.bodies.append(String(decoding: body, as: UTF8.self))
            guard let waiting = state.waiting, state.bodies.count >= waiting.count else { return nil }
            state.waiting = nil
            return waiting.continuation
        }
        woken?.resume()
        return isRight ? 200 : 401
    }

    /// Waits until so many were taken.
    func wait(for count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.bodies.count < count else { return true }
                state.waiting = (count, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    var bodies: [String] { state.withLock { $0.bodies } }
    var calls: [String] { bodies.map { Spooling.member("call_id", of: $0) } }
    /// Requests whose signature was wrong.
    var wrong: Int { state.withLock { $0.wrong } }
}

extension Endpoints: HTTPClient {
    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        HTTPResponse(status: take(request.body, signature: request.fields[WebhookSignature.field]))
    }
}
