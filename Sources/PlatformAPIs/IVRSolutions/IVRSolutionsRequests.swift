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

    private let base: String
    private let authorization: String

    /// Requests in the name of an account.
    ///
    /// - Parameters:
    ///   - token: the account's API token.
    ///   - base: what stands before `/api`.
    package init(token: Secret, base: String = Self.base) {
        self.base = base
        authorization = Authorization.bearer(token)
    }

    /// Places a call that a bot answers.
    ///
    /// - Throws: ``PlatformRequestError``.
    package func dial(_ call: IVRSolutionsBotCall) throws(PlatformRequestError) -> PlannedRequest {
        post("dial_by_aivoicebot", .object(present: try call.members()))
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
            "c2c_post",
            .object(present: ["did": try number(did, "did"), "ext_no": agent, "phone": try number(customer, "phone")])
        )
    }

    /// Rings one person, then another, and connects them; each sees the DID alone.
    package func connectMasked(first: String, second: String, did: String) throws(PlatformRequestError)
        -> PlannedRequest
    {
        post(
            "click_connect",
            .object(present: [
                "first_phone": try number(first, "first_phone"), "second_phone": try number(second, "second_phone"),
                "did": try number(did, "did"),
            ])
        )
    }

    /// Changes or cancels a masked connection.
    ///
    /// - Parameters:
    ///   - did: the number it shows.
    ///   - first: the number that was rung first.
    ///   - action: what to do; the document names `cancel`.
    ///   - message: what is said meanwhile.
    /// - Returns: the request.
    /// - Throws: ``PlatformRequestError``.
    package func updateMasked(
        did: String,
        first: String,
        action: String = "cancel",
        message: String? = nil
    ) throws(PlatformRequestError) -> PlannedRequest {
        var plan = post(
            "click_connect_update",
            .object(present: [
                "did": try number(did, "did"), "first_number": try number(first, "first_number"), "action": action,
                "body": message,
            ])
        )
        plan.isRepeatable = action == "cancel"
        return plan
    }

    /// The calls of a range of days, both `YYYY-MM-DD`, ends included.
    package func callLogs(from first: String, to last: String) -> PlannedRequest {
        let query = URLEncodedForm([("from_date", first), ("to_date", last)]).text
        return PlannedRequest(
            .plain(.get, "\(base)/api/call_logs?\(query)", authorization: authorization),
            isRepeatable: true
        )
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

    private func post(_ path: String, _ body: JSONValue) -> PlannedRequest {
        PlannedRequest(
            .json(.post, "\(base)/api/\(path)", authorization: authorization, body),
            isRepeatable: false
        )
    }

    private func number(_ text: String, _ field: String) throws(PlatformRequestError) -> String {
        guard let number = DialableNumber(text) else {
            throw PlatformRequestError(field, "give a telephone number")
        }
        return number.text
    }
}
