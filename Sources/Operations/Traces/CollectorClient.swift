// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Dialects
import OutboundHTTP

/// Posts spans to a collector, one request at a time.
struct CollectorClient: Sendable {
    /// What came of a request.
    enum Outcome: Sendable, Equatable {
        /// The collector took the spans, but for so many, for a reason.
        case taken(rejected: Int, reason: String)
        /// It wants none of them, now or later.
        case refused(String)
        /// It may take them later: why not now, and how many milliseconds it wants to be left alone.
        case unavailable(String, asked: Int64? = nil)
        /// This side stopped before there was an answer.
        case stopped
    }

    /// Time for an answer.
    private static let timeout: Duration = .seconds(10)
    /// Most bytes of an answer that are read.
    private static let maximumBody = 65_536
    /// Statuses after which the same request may succeed (OTLP 1.x, §Retryable Response Codes).
    private static let retryable: Set<Int> = [429, 502, 503, 504]

    let settings: TracesConfiguration
    let client: any HTTPClient

    /// Posts a request's body.
    func send(_ body: [UInt8]) async -> Outcome {
        var fields: HTTPFields = ["Content-Type": "application/json", "User-Agent": "VoiceBridge-Traces"]
        for (name, value) in settings.headers { fields[name] = value.reveal() }
        let request = HTTPRequest(
            .post,
            settings.url,
            fields: fields,
            body: body,
            deadline: Self.timeout,
            maximumBody: Self.maximumBody
        )
        do {
            let response = try await client.send(request)
            // The status has been given; what becomes of the rest does not change it.
            return Self.outcome(response, (try? await response.body.collect()) ?? [])
        } catch is CancellationError {
            return .stopped
        } catch {
            return Task.isCancelled ? .stopped : .unavailable("\(error)".prefixed(toBytes: 256))
        }
    }

    static func outcome(_ response: HTTPResponse, _ body: [UInt8]) -> Outcome {
        let reason = "it answered \(response.status)"
        guard !response.isSuccess else { return partialSuccess(body) }
        guard retryable.contains(response.status) else { return .refused(reason) }
        return .unavailable(reason, asked: response.retryAfter)
    }

    /// `ExportTracePartialSuccess`: a collector may take some spans and not others.
    private static func partialSuccess(_ body: [UInt8]) -> Outcome {
        guard case .object(let answer)? = try? JSONDocument.parse(body),
            case .object(let partial)? = answer["partialSuccess"]
        else { return .taken(rejected: 0, reason: "") }
        let rejected =
            switch partial["rejectedSpans"] {
            case .string(let text), .number(let text): max(0, Int(text) ?? 0)
            default: 0
            }
        guard case .string(let message)? = partial["errorMessage"] else {
            return .taken(rejected: rejected, reason: "")
        }
        return .taken(rejected: rejected, reason: message.prefixed(toBytes: 256))
    }
}
