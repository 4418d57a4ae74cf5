// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import CallRecords
import OutboundHTTP

extension EndpointClient {
    /// What came of a test.
    package struct TestResult: Sendable {
        /// The event's id.
        package var eventID: String
        /// The signature that was sent.
        package var signature: String
        /// Whether the endpoint took it.
        package var isTaken: Bool
        /// What it answered, or why it did not.
        package var answer: String
        /// The beginning of the answer's body, without anything that would steer a terminal.
        package var body: String
        /// How long it took.
        package var time: Duration
    }

    /// Sends an event of the type `webhook.test` once.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: what came of it.
    /// - Throws: `DigestError` when the system refuses the hash function.
    package func test(now: Int64 = RecordTime.now()) async throws -> TestResult {
        let id = WebhookEvent.newID()
        let body = WebhookBody(
            type: "webhook.test",
            eventID: id,
            time: now,
            hook: endpoint.name,
            attempt: 0,
            data: Array("{}".utf8)
        ).bytes
        let fields = try fields(for: body, eventID: id, now: now)
        let begun = ContinuousClock.now
        var result = TestResult(
            eventID: id,
            signature: fields[WebhookSignature.field] ?? "",
            isTaken: false,
            answer: "",
            body: "",
            time: .zero
        )
        do {
            let (head, text) = try await answer(to: body, fields)
            switch Self.outcome(head) {
            case .failed(let reason, _): result.answer = reason
            default:
                result.isTaken = true
                result.answer = "it answered \(head.status)"
            }
            result.body = Self.shown(text)
        } catch {
            result.answer = "\(error)".prefixed(toBytes: 256)
        }
        result.time = ContinuousClock.now - begun
        return result
    }

    private static func shown(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(200), as: UTF8.self)
        let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
