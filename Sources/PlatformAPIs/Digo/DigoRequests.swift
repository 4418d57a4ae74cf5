// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects
internal import OutboundHTTP

/// Digo Programmable Voice: ends a live call, or connects it to an agent.
///
/// The platform's document names no answer for a call that is over; 404 and 410 count as one.
package struct DigoRequests: CallControlRequests {
    /// The type of `POST /v1/call/options` that transfers.
    static let transferType = 4
    /// How many digits an agent's intercom number has.
    static let intercomDigits = 4

    package let platform = "digo"
    package let transfers: Set<TransferTarget.Kind> = [.extension]
    package let numbering: NumberingPlan? = nil
    /// How the platform of the account's country wants numbers.
    package let numberForm: DigoNumberForm
    private let endpoint: String
    private let authorization: Secret

    /// Requests in the name of an account.
    ///
    /// - Parameters:
    ///   - endpoint: what stands before `/v1`, as the platform gave it.
    ///   - authorization: the whole value of the `Authorization` field.
    ///   - numberForm: how the platform of the account's country wants numbers. Default: India's.
    package init(endpoint: String, authorization: Secret, numberForm: DigoNumberForm = .national) {
        self.numberForm = numberForm
        self.endpoint = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        self.authorization = authorization
    }

    package func plan(_ action: CallAction, on call: CallStart) throws(CallControlError) -> PlannedRequest {
        let id = JSONValue.string(try identity(of: call))
        switch action {
        case .hangUp: return post("/v1/call/hangup", ["call_id": id], isRepeatable: true)
        case .transfer(let target):
            let agent = try agent(target)
            return post(
                "/v1/call/options",
                ["type": .number(Self.transferType), "call_id": id, agent.name: .string(agent.value)],
                isRepeatable: false
            )
        }
    }

    package func outcome(of answer: PlatformAnswer, to action: CallAction) -> PlatformOutcome {
        if answer.status == 404 || answer.status == 410 { return .alreadyOver }
        return outcome(of: answer)
    }

    /// What an answer to a request that acts means: `success` says it.
    package func outcome(of answer: PlatformAnswer) -> PlatformOutcome {
        let message = answer.json?["message"]?.text
        guard answer.isSuccess else { return answer.failure(message: message) }
        guard answer.json?["success"]?.text == "true" else {
            return .refused(PlatformRefusal(status: answer.status, message: message))
        }
        return .done
    }

    /// What an answer to a question means: a list or an object, unless it says that there is no success.
    package func outcome(ofListing answer: PlatformAnswer) -> PlatformOutcome {
        guard answer.isSuccess, answer.json != nil, answer.json?["success"]?.text != "false" else {
            return outcome(of: answer)
        }
        return .done
    }

    func get(_ path: String, _ query: URLEncodedForm = URLEncodedForm()) -> PlannedRequest {
        let url = endpoint + path + (query.fields.isEmpty ? "" : "?" + query.text)
        var plan = PlannedRequest(.plain(.get, url, authorization: authorization.reveal()), isRepeatable: true)
        plan.maximumAnswer = PlatformAnswer.maximumListBytes
        return plan
    }

    func post(_ path: String, _ body: [String: JSONValue], isRepeatable: Bool) -> PlannedRequest {
        PlannedRequest(
            .json(.post, endpoint + path, authorization: authorization.reveal(), .object(body)),
            isRepeatable: isRepeatable
        )
    }

    /// An agent by the four digits of the intercom, or else by id.
    private func agent(_ target: TransferTarget) throws(CallControlError) -> (name: String, value: String) {
        guard case .extension(let agent) = target else { throw .unsupported(platform, target.kind) }
        guard !agent.isEmpty, agent.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .badTarget(platform, "agent's number")
        }
        return (agent.utf8.count == Self.intercomDigits ? "intercom" : "agent_id", agent)
    }
}
