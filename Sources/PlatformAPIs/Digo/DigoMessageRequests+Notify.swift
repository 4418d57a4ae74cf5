// SPDX-License-Identifier: Apache-2.0

internal import Dialects

extension DigoMessageRequests {
    /// Sends messages to many.
    ///
    /// Numbers go without `+`, as public clients of the platform write them.
    ///
    /// - Throws: ``PlatformRequestError`` that names the field which the platform would refuse.
    package func notify(_ campaign: DigoCampaign) throws(PlatformRequestError) -> PlannedRequest {
        try limit("campaignName", campaign.name, 100)
        try limit("oa", campaign.from, 50)
        try limit("transactionID", campaign.transaction, 200)
        guard (1...DigoCampaign.maximumRecipients).contains(campaign.recipients.count) else {
            throw PlatformRequestError(
                "dataSet",
                "give 1 to \(DigoCampaign.maximumRecipients) people; these are \(campaign.recipients.count)"
            )
        }
        var people: [JSONValue] = []
        for (index, person) in campaign.recipients.enumerated() {
            guard let to = DigoNumberForm.international.written(person.to) else {
                throw PlatformRequestError("dataSet[\(index)].msisdn", DigoNumberForm.international.advice)
            }
            try limit("dataSet[\(index)].message", person.text, 1_000)
            people.append(.object(["msisdn": .string(to.filter { $0 != "+" }), "message": .string(person.text)]))
        }
        var body: [String: JSONValue] = [
            "transactionID": .string(campaign.transaction), "campaignName": .string(campaign.name),
            "oa": .string(campaign.from), "channel": .string("sms"), "dataSet": .array(people),
            "tiny": .string(campaign.shortensLinks ? "1" : "0"),
        ]
        if let registration = campaign.registration { body["tlv"] = registration.json }
        return post("/notify", body)
    }

    /// What an answer to ``notify(_:)`` means.
    ///
    /// The document shows none; success is taken for one that is not the fault it shows for single messages, `status` 0.
    package func outcome(ofNotify answer: PlatformAnswer) -> PlatformOutcome {
        guard answer.isSuccess, answer.json != nil else { return outcome(of: answer) }
        switch answer.json?["status"]?.text {
        case "0", "false": return outcome(of: answer)
        default: return .done
        }
    }
}
