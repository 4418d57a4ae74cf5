// SPDX-License-Identifier: Apache-2.0
package import BridgeConfiguration
import CallModel
package import OutboundHTTP
import Tracing

/// Sends events to one endpoint, one request each.
///
/// Redirections are not followed: a signed event with telephone numbers in it is meant for the host that the operator named,
/// and for no other that an answer names, which may be inside this network.
package struct EndpointClient: Sendable {
    /// Most bytes of an answer that are read.
    private static let maximumBody = 65_536

    let endpoint: WebhookEndpoint
    private let signature: WebhookSignature
    private let client: any HTTPClient
    private let contexts: RecentContexts

    /// A client of an endpoint.
    package init(_ endpoint: WebhookEndpoint, client: any HTTPClient) {
        self.init(endpoint, client: client, contexts: RecentContexts(limit: 0))
    }

    /// The same, whose requests belong to the traces of their calls.
    init(_ endpoint: WebhookEndpoint, client: any HTTPClient, contexts: RecentContexts) {
        self.endpoint = endpoint
        self.client = client
        self.contexts = contexts
        signature = WebhookSignature(secret: endpoint.secret, algorithm: endpoint.algorithm)
    }

    /// Sends an event.
    ///
    /// - Parameters:
    ///   - event: what is sent.
    ///   - now: milliseconds since 1970, for the signature.
    /// - Returns: what came of it.
    func send(_ event: SpooledEvent, now: Int64) async -> DeliveryOutcome {
        let body = WebhookBody(
            type: event.type,
            eventID: event.eventID,
            time: event.time,
            hook: endpoint.name,
            attempt: event.tries,
            data: Array(event.data.utf8)
        ).bytes
        do {
            let fields = try fields(for: body, eventID: event.eventID, now: now)
            let head = try await ServiceContext.withValue(contexts.context(of: CallID(event.callID))) {
                try await answer(to: body, fields).head
            }
            return Self.outcome(head)
        } catch is CancellationError {
            return .stopped
        } catch {
            return Task.isCancelled ? .stopped : .failed("\(error)".prefixed(toBytes: 256))
        }
    }

    /// Posts a body, and reads the answer so that the connection can be used again.
    func answer(to body: [UInt8], _ fields: HTTPFields) async throws -> (head: HTTPResponse, body: [UInt8]) {
        let request = HTTPRequest(
            .post,
            endpoint.url,
            fields: fields,
            body: body,
            deadline: endpoint.timeout,
            maximumBody: Self.maximumBody
        )
        let response = try await client.send(request)
        // The status has been given; what becomes of the rest does not change it.
        return (response, (try? await response.body.collect()) ?? [])
    }

    /// The header of a request.
    func fields(for body: [UInt8], eventID: String, now: Int64) throws -> HTTPFields {
        var fields: HTTPFields = ["Content-Type": "application/json", "User-Agent": "VoiceBridge-Webhooks"]
        fields.append(WebhookSignature.field, try signature.sign(body, at: now / 1_000))
        fields.append("VoiceBridge-Event", eventID)
        return fields
    }

    static func outcome(_ response: HTTPResponse) -> DeliveryOutcome {
        let status = response.status
        guard !response.isSuccess else { return .delivered(status: status) }
        let isRedirection = (300..<400).contains(status)
        let advice = isRedirection ? ", a redirection, which is not followed: give the URL that it names" : ""
        return .failed("it answered \(status)\(advice)", asked: response.retryAfter)
    }
}
