// SPDX-License-Identifier: Apache-2.0

internal import Dialects

extension DigoRequests {
    /// Adds an agent.
    ///
    /// The document calls the number and the intercom integers, and shows them without quotes; that the country's code stands
    /// in such a number without its `+` is assumed.
    ///
    /// - Throws: ``PlatformRequestError`` that names the field which the platform would refuse.
    package func add(_ agent: DigoAgent.New) throws(PlatformRequestError) -> PlannedRequest {
        guard !agent.name.isEmpty else { throw PlatformRequestError("name", "give a name") }
        guard let number = DigoNumberForm.international.written(agent.number) else {
            throw PlatformRequestError("follow_me_number", DigoNumberForm.international.advice)
        }
        var body: [String: JSONValue] = [
            "name": .string(agent.name), "follow_me_number": .number(number.filter { $0 != "+" }),
        ]
        if let intercom = agent.intercom {
            guard intercom.utf8.count == Self.intercomDigits, intercom.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else {
                throw PlatformRequestError("intercom", "give four digits")
            }
            body["intercom"] = Self.integer(intercom)
        }
        return post("/v1/agent", body, isRepeatable: false)
    }

    /// The agents of the account.
    package func agents() -> PlannedRequest { get("/v1/agents") }

    /// Digits as a number of JSON, which has no zero before it; those that begin with one stay text.
    static func integer(_ digits: String) -> JSONValue { digits.hasPrefix("0") ? .string(digits) : .number(digits) }
}
