// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects
internal import OutboundHTTP

/// Telnyx' Call Control commands.
///
/// Each carries a `command_id`: the platform does one that comes twice once, so that every request may be repeated.
package struct TelnyxRequests: CallControlRequests {
    /// What stands before `/calls`.
    package static let base = "https://api.telnyx.com/v2"

    package let platform = "telnyx"
    package let transfers: Set<TransferTarget.Kind> = [.phone, .sip]
    package var numbering: NumberingPlan?
    private let base: String
    private let authorization: String
    private let callerID: String?
    private let makeCommandID: @Sendable () -> String

    /// Requests in the name of an account.
    ///
    /// - Parameters:
    ///   - key: the API key.
    ///   - callerID: the number that whoever is called sees; nil leaves it to the platform.
    ///   - numbering: writes national numbers internationally; nil sends them as they are.
    ///   - base: what stands before `/calls`.
    ///   - makeCommandID: names one command; random unless given.
    package init(
        key: Secret,
        callerID: String? = nil,
        numbering: NumberingPlan? = nil,
        base: String = Self.base,
        makeCommandID: @escaping @Sendable () -> String = {
            String(UInt64.random(in: .min ... .max), radix: 16) + String(UInt64.random(in: .min ... .max), radix: 16)
        }
    ) {
        self.numbering = numbering
        self.base = base
        self.callerID = callerID
        self.makeCommandID = makeCommandID
        authorization = Authorization.bearer(key)
    }

    package func plan(_ action: CallAction, on call: CallStart) throws(CallControlError) -> PlannedRequest {
        let id = URLEncodedForm.pathSegment(try identity(of: call))
        var members: [String: String?] = ["command_id": makeCommandID()]
        let command: String
        switch action {
        case .hangUp: command = "hangup"
        case .transfer(let target):
            command = "transfer"
            members["to"] = try destination(target)
            members["from"] = callerID
        }
        let url = "\(base)/calls/\(id)/actions/\(command)"
        return PlannedRequest(
            .json(.post, url, authorization: authorization, .object(present: members)),
            isRepeatable: true
        )
    }

    package func outcome(of answer: PlatformAnswer, to action: CallAction) -> PlatformOutcome {
        if answer.isSuccess { return .done }
        let error = answer.json?["errors"]?.elements.first
        let code = error?["code"]?.text
        // 90018: the call has already ended.
        if answer.status == 422, code == "90018" { return .alreadyOver }
        return answer.failure(code: code, message: error?["detail"]?.text ?? error?["title"]?.text)
    }

    private func destination(_ target: TransferTarget) throws(CallControlError) -> String {
        switch target {
        case .phone(let phone): return try targets.number(phone)
        case .sip(let uri): return try targets.sip(uri)
        case .phones, .extension, .flow, .bot: throw .unsupported(platform, target.kind)
        }
    }
}
