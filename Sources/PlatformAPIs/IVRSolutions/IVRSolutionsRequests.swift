// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects
internal import OutboundHTTP

/// Requests of IVR Solutions' product API, and the meaning of its answers, without any I/O.
package struct IVRSolutionsRequests: Sendable {
    /// What stands before `/api`.
    package static let base = "https://api.ivrsolutions.in"
    /// The platform's name in records and errors.
    package static let platform = "ivr-solutions"

    let paths: IVRSolutionsPaths
    private let base: String
    private let authorization: String

    /// Requests in the name of an account.
    ///
    /// - Parameters:
    ///   - token: the account's API token.
    ///   - base: what stands before `/api`.
    ///   - paths: where the requests are.
    package init(token: Secret, base: String = Self.base, paths: IVRSolutionsPaths = IVRSolutionsPaths()) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.paths = paths
        authorization = Authorization.bearer(token)
    }

    /// Places a call that a bot answers.
    ///
    /// - Throws: ``PlatformRequestError``.
    package func dial(_ call: IVRSolutionsBotCall) throws(PlatformRequestError) -> PlannedRequest {
        post(paths.botCall, .object(present: try call.members()))
    }

    /// Rings an agent, then a customer, and connects them.
    ///
    /// - Parameters:
    ///   - agent: the agent's extension.
    ///   - customer: the customer's number.
    ///   - did: the number both see.
    /// - Returns: the request.
    /// - Throws: ``PlatformRequestError``.
    package func clickToCall(agent: String, customer: String, did: String) throws(PlatformRequestError)
        -> PlannedRequest
    {
        post(
            paths.clickToCall,
            .object(present: ["did": try number(did, "did"), "ext_no": agent, "phone": try number(customer, "phone")])
        )
    }

    /// Rings one person, then another, and connects them; each sees the DID alone.
    ///
    /// - Throws: ``PlatformRequestError``.
    package func connectMasked(_ connection: IVRSolutionsConnection) throws(PlatformRequestError) -> PlannedRequest {
        try connection.schedule?.check()
        return post(
            paths.connect,
            .object(present: [
                "first_phone": try number(connection.first, "first_phone"),
                "second_phone": try number(connection.second, "second_phone"),
                "did": try number(connection.did, "did"), "body": connection.announcement,
                "schedule_datetime": connection.schedule?.dateAndTime, "timezone": connection.schedule?.timeZone,
            ])
        )
    }

    /// Changes or cancels a masked connection.
    ///
    /// - Throws: ``PlatformRequestError``.
    package func updateMasked(_ update: IVRSolutionsConnectionUpdate) throws(PlatformRequestError) -> PlannedRequest {
        guard !update.action.isEmpty else { throw PlatformRequestError("action", "say what to do, such as cancel") }
        var plan = post(
            paths.connectUpdate,
            .object(present: [
                "did": try number(update.did, "did"), "first_number": try number(update.first, "first_number"),
                "action": update.action, "body": update.announcement,
            ])
        )
        plan.isRepeatable = update.action == "cancel"
        return plan
    }

    /// What an answer means: `status` is a number or a flag, beside the status of HTTP.
    package func outcome(of answer: PlatformAnswer) -> PlatformOutcome {
        let message = answer.json?["message"]?.text
        guard answer.isSuccess else { return answer.failure(message: message) }
        switch answer.json?["status"]?.text {
        case "true": return .done
        case let text? where Int(text).map((200..<300).contains) == true: return .done
        case let code: return .refused(PlatformRefusal(status: answer.status, code: code, message: message))
        }
    }

    func post(_ path: String, _ body: JSONValue) -> PlannedRequest {
        PlannedRequest(.json(.post, base + path, authorization: authorization, body), isRepeatable: false)
    }

    /// A request by POST that does the same once and twice, and may be answered with a list.
    func repeatable(_ path: String, _ body: JSONValue) -> PlannedRequest {
        var plan = post(path, body)
        plan.isRepeatable = true
        plan.maximumAnswer = PlatformAnswer.maximumListBytes
        return plan
    }

    func get(_ path: String, _ query: URLEncodedForm) -> PlannedRequest {
        let url = base + path + (query.fields.isEmpty ? "" : "?" + query.text)
        var plan = PlannedRequest(.plain(.get, url, authorization: authorization), isRepeatable: true)
        plan.maximumAnswer = PlatformAnswer.maximumListBytes
        return plan
    }

    func number(_ text: String, _ field: String) throws(PlatformRequestError) -> String {
        guard let number = DialableNumber(text) else {
            throw PlatformRequestError(field, "give a telephone number")
        }
        return number.text
    }
}
