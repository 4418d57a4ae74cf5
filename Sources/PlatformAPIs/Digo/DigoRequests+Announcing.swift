// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects
internal import OutboundHTTP

extension DigoRequests {
    /// Adds somebody to a list, with what an announcement reads; ``announce(to:key:)`` then calls.
    ///
    /// - Throws: ``PlatformRequestError`` that names the field which the platform would refuse.
    package func add(_ lead: DigoLead) throws(PlatformRequestError) -> PlannedRequest {
        guard !lead.list.isEmpty else { throw PlatformRequestError("LEAD_ID", "give the list's id") }
        var body: [String: JSONValue] = [
            "field_\(DigoLead.numberField)": .string(try written(lead.number, "field_0")),
            "duplicate_option": .string(lead.duplicates),
        ]
        for (field, value) in lead.fields {
            guard field > DigoLead.numberField else { throw PlatformRequestError("field_\(field)", "count from 1") }
            body["field_\(field)"] = .string(value)
        }
        let path = "/v1/broadcast/lead/" + URLEncodedForm.pathSegment(lead.list)
        return post(path, body, isRepeatable: lead.duplicates == "overwrite")
    }

    /// Calls somebody who was added to a list and reads the announcement.
    ///
    /// - Parameters:
    ///   - customer: who is called.
    ///   - key: says which announcement, `api_key`.
    /// - Returns: the request.
    /// - Throws: ``PlatformRequestError`` that names the field which the platform would refuse.
    package func announce(to customer: String, key: Secret) throws(PlatformRequestError) -> PlannedRequest {
        guard !key.reveal().isEmpty else { throw PlatformRequestError("api_key", "give the key of the announcement") }
        return post(
            "/v1/c2c_api",
            ["customer_number": .string(try written(customer, "customer_number")), "api_key": .string(key.reveal())],
            isRepeatable: false
        )
    }

    /// A number in the form that the platform wants.
    func written(_ number: String, _ field: String) throws(PlatformRequestError) -> String {
        guard let written = numberForm.written(number) else { throw PlatformRequestError(field, numberForm.advice) }
        return written
    }
}
