// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects
internal import OutboundHTTP

/// Plivo's Call resource, and Vobiz', which is like it.
///
/// `DELETE …/Call/{call_uuid}/` ends a call; `POST` to the same sends it to a URL for new XML. The target of a transfer is
/// therefore kept here, and ``PlivoTransferAnswer`` tells it when the platform asks.
package struct PlivoRequests: CallControlRequests {
    /// How an account signs in.
    package enum SignIn: Sendable {
        /// HTTP Basic, as Plivo wants it.
        case basic
        /// The fields `X-Auth-ID` and `X-Auth-Token`, as Vobiz wants it.
        case fields
    }

    /// What stands before `/Account`.
    package static let base = "https://api.plivo.com/v1"

    package let platform: String
    package var transfers: Set<TransferTarget.Kind> {
        answerURL == nil ? [.flow] : [.phone, .phones, .flow, .bot, .sip]
    }
    package var numbering: NumberingPlan?
    private let base: String
    private let account: String
    private let token: Secret
    private let signIn: SignIn
    private let answerURL: String?
    private let store: TransferStore

    /// Requests in the name of an account.
    ///
    /// - Parameters:
    ///   - account: the Auth ID.
    ///   - token: the Auth Token.
    ///   - answerURL: the public URL at which ``PlivoTransferAnswer`` answers; nil refuses every transfer but to a flow.
    ///   - store: keeps the targets; the same that the answer reads.
    ///   - numbering: writes national numbers internationally; nil sends them as they are.
    ///   - base: what stands before `/Account`.
    ///   - signIn: how the account signs in.
    ///   - platform: the name in records and errors.
    package init(
        account: String,
        token: Secret,
        answerURL: String? = nil,
        store: TransferStore,
        numbering: NumberingPlan? = nil,
        base: String = Self.base,
        signIn: SignIn = .basic,
        platform: String = "plivo"
    ) {
        self.platform = platform
        self.numbering = numbering
        self.base = base
        self.account = account
        self.token = token
        self.signIn = signIn
        self.answerURL = answerURL
        self.store = store
    }

    package func plan(_ action: CallAction, on call: CallStart) throws(CallControlError) -> PlannedRequest {
        let id = URLEncodedForm.pathSegment(try identity(of: call))
        let url = "\(base)/Account/\(URLEncodedForm.pathSegment(account))/Call/\(id)/"
        let authorization = Authorization.basic(account, token)
        var request: HTTPRequest
        switch action {
        case .hangUp: request = .plain(.delete, url, authorization: authorization)
        case .transfer(let target):
            request = .json(
                .post,
                url,
                authorization: authorization,
                .object(present: ["legs": "aleg", "aleg_url": try nextURL(target), "aleg_method": "POST"])
            )
        }
        if case .fields = signIn {
            request.fields["Authorization"] = nil
            request.fields["X-Auth-ID"] = account
            request.fields["X-Auth-Token"] = token.reveal()
        }
        return PlannedRequest(request, isRepeatable: action == .hangUp)
    }

    package func outcome(of answer: PlatformAnswer, to action: CallAction) -> PlatformOutcome {
        if answer.isSuccess { return .done }
        if answer.status == 404 { return .alreadyOver }
        return answer.failure(message: answer.json?["error"]?.text)
    }

    package func prepare(_ target: TransferTarget, for call: CallStart) {
        if case .flow = target { return }
        store.keep(target, for: call.callID)
    }

    /// Where the platform finds what comes next.
    private func nextURL(_ target: TransferTarget) throws(CallControlError) -> String {
        if case .flow(let url) = target { return try targets.document(url) }
        _ = try PlivoDocument(targets: targets).xml(for: target)
        guard let answerURL else { throw .missingSetting(platform, "public URL of the transfer answer") }
        return answerURL
    }
}
