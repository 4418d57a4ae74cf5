// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects
internal import Synchronization

/// Takes CALLR's webhooks: checks the signature, and drops what came before.
///
/// The platform sends again what was not answered with success in time, so an answer is given before anybody acts on the
/// event.
package final class CALLRWebhooks: HTTPReceiver {
    /// The field that carries the signature, in Base64.
    static let signatureField = "x-callr-hmacsignature"

    private let signature: BodySignature?
    private let observe: @Sendable (CALLRWebhookEvent) -> Void
    private let seen: Mutex<RecentSet<String>>

    /// A receiver.
    ///
    /// - Parameters:
    ///   - key: the `hmac_secret` of the subscription; nil takes events unsigned.
    ///   - algorithm: its `hmac_algo`.
    ///   - capacity: how many events are remembered. Default 4096.
    ///   - observe: told each event once; may not wait.
    package init(
        key: Secret?,
        algorithm: CALLRSignatureAlgorithm = .sha256,
        capacity: Int = 4_096,
        observe: @escaping @Sendable (CALLRWebhookEvent) -> Void
    ) {
        signature = key.map { BodySignature(key: $0, function: algorithm.function) }
        self.observe = observe
        seen = Mutex(RecentSet(capacity: capacity))
    }

    package func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
        guard request.method == "POST" else { return HTTPReply(status: 405) }
        if let signature {
            let given = request.headers.first { $0.name.lowercased() == Self.signatureField }?.value
            guard signature.isRight(given, of: request.body) else { return HTTPReply(status: 401) }
        }
        guard let json = try? JSONDocument.parse(request.body), let event = CALLRWebhookEvent(json) else {
            return HTTPReply(status: 400)
        }
        if seen.withLock({ $0.insert(event.id) }) { observe(event) }
        return HTTPReply(status: 200)
    }
}
