// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects
internal import OutboundHTTP

/// Requests of Digo Engage, and the meaning of its answers, without any I/O.
package struct DigoMessageRequests: Sendable {
    /// What stands before `/v1`.
    package static let base = "https://engage-api.digo.link"
    /// The platform's name in records and errors.
    package static let platform = "digo-engage"

    private let base: String
    private let token: Secret
    private let serviceToken: Secret

    /// Requests in the name of an account.
    ///
    /// - Parameters:
    ///   - token: the bearer token of the `Authorization` field.
    ///   - serviceToken: the whole value of the `X-Authorization` field.
    ///   - base: what stands before `/v1`.
    package init(token: Secret, serviceToken: Secret, base: String = Self.base) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.token = token
        self.serviceToken = serviceToken
    }

    /// Sends one message.
    ///
    /// - Throws: ``PlatformRequestError`` that names the field which the platform would refuse.
    package func send(_ message: DigoMessage) throws(PlatformRequestError) -> PlannedRequest {
        guard let to = DigoNumberForm.international.written(message.to) else {
            throw PlatformRequestError("to", DigoNumberForm.international.advice)
        }
        try limit("from", message.from, 50)
        try limit("msg", message.text, 1_000)
        try limit("transactionID", message.transaction, 200)
        var body: [String: JSONValue] = [
            "from": .string(message.from), "to": .string(to), "msg": .string(message.text),
            "type": .string(message.purpose.rawValue), "tiny": .string(message.shortensLinks ? "1" : "0"),
            "transactionID": .string(message.transaction),
        ]
        if let report = message.report {
            try limit("dlr.url", report.url, 200)
            body["dlr"] = .object([
                "mask": .number(report.includesFailures ? 1 : 0), "url": .string(report.url),
            ])
        }
        if let registration = message.registration { body["tlv"] = registration.json }
        return post("/v1/messaging/sms", body)
    }

    /// What an answer means: success carries an `id`, a fault of the request `status` 0.
    package func outcome(of answer: PlatformAnswer) -> PlatformOutcome {
        let fault = answer.json?["data"]?.elements.first
        let words = [answer.json?["message"]?.text, fault?["param"]?.text, fault?["msg"]?.text].compactMap { $0 }
        let message = words.isEmpty ? nil : words.joined(separator: " ")
        guard answer.isSuccess else { return answer.failure(message: message) }
        guard answer.json?["id"]?.text != nil else {
            let code = answer.json?["status"]?.text
            return .refused(PlatformRefusal(status: answer.status, code: code, message: message))
        }
        return .done
    }

    func post(_ path: String, _ body: [String: JSONValue]) -> PlannedRequest {
        var request = HTTPRequest.json(
            .post,
            base + path,
            authorization: Authorization.bearer(token),
            .object(body)
        )
        request.fields["X-Authorization"] = serviceToken.reveal()
        return PlannedRequest(request, isRepeatable: false)
    }

    func limit(_ field: String, _ text: String, _ limit: Int) throws(PlatformRequestError) {
        guard (1...limit).contains(text.count) else {
            throw PlatformRequestError(field, "give 1 to \(limit) characters; these are \(text.count)")
        }
    }
}
