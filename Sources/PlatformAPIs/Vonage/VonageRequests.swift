// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects
internal import OutboundHTTP

/// Vonage's Voice API: `PUT /v1/calls/{uuid}`, in the name of an application.
///
/// The socket of a bot is a leg of its own and names no call. The uuid of the caller's leg has to come along as a header
/// of the WebSocket endpoint, which is where the dialect finds it.
package struct VonageRequests: CallControlRequests {
    /// What stands before `/v1`.
    package static let base = "https://api.nexmo.com"

    package let platform = "vonage"
    package let transfers: Set<TransferTarget.Kind> = [.phone, .flow, .bot, .sip]
    package var numbering: NumberingPlan?
    private let base: String
    private let callerID: String?
    private let contentType: String
    private let token: @Sendable () -> Secret?

    /// Requests in the name of an application.
    ///
    /// - Parameters:
    ///   - callerID: the number that whoever is called sees.
    ///   - numbering: writes national numbers internationally; nil sends them as they are.
    ///   - contentType: what another bot is to hear and speak.
    ///   - base: what stands before `/v1`.
    ///   - token: a JSON Web Token of the application that is valid now; nil when there is none.
    package init(
        callerID: String? = nil,
        numbering: NumberingPlan? = nil,
        contentType: String = "audio/l16;rate=16000",
        base: String = Self.base,
        token: @escaping @Sendable () -> Secret?
    ) {
        self.numbering = numbering
        self.base = base
        self.callerID = callerID
        self.contentType = contentType
        self.token = token
    }

    package func plan(_ action: CallAction, on call: CallStart) throws(CallControlError) -> PlannedRequest {
        let id = URLEncodedForm.pathSegment(try identity(of: call))
        let body: JSONValue
        switch action {
        case .hangUp: body = .object(["action": .string("hangup")])
        case .transfer(let target):
            body = .object(["action": .string("transfer"), "destination": .object(try destination(target))])
        }
        guard let token = token() else { throw .missingSetting(platform, "application key") }
        return PlannedRequest(
            .json(.put, "\(base)/v1/calls/\(id)", authorization: Authorization.bearer(token), body),
            isRepeatable: action == .hangUp
        )
    }

    package func outcome(of answer: PlatformAnswer, to action: CallAction) -> PlatformOutcome {
        if answer.isSuccess { return .done }
        if answer.status == 404 { return .alreadyOver }
        let title = answer.json?["title"]?.text ?? answer.json?["error_title"]?.text
        return answer.failure(code: answer.json?["type"]?.text, message: answer.json?["detail"]?.text ?? title)
    }

    private func destination(_ target: TransferTarget) throws(CallControlError) -> [String: JSONValue] {
        if case .flow(let url) = target {
            return ["type": .string("ncco"), "url": .array([.string(try targets.document(url))])]
        }
        var connect: [String: JSONValue] = [
            "action": .string("connect"), "endpoint": .array([.object(present: try endpoint(target))]),
        ]
        if let callerID { connect["from"] = .string(callerID) }
        return ["type": .string("ncco"), "ncco": .array([.object(connect)])]
    }

    private func endpoint(_ target: TransferTarget) throws(CallControlError) -> [String: String?] {
        switch target {
        case .phone(let phone):
            let number = try targets.number(phone)
            return ["type": "phone", "number": number.hasPrefix("+") ? String(number.dropFirst()) : number]
        case .sip(let uri): return ["type": "sip", "uri": try targets.sip(uri)]
        case .bot(let url): return ["type": "websocket", "uri": try targets.bot(url), "content-type": contentType]
        case .phones, .extension, .flow: throw .unsupported(platform, target.kind)
        }
    }
}
