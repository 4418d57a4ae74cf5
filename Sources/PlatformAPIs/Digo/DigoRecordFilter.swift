// SPDX-License-Identifier: Apache-2.0

internal import OutboundHTTP

/// Which call records are asked for, as the query of `GET /v1/call/records`.
///
/// What is nil or empty does not narrow them.
package struct DigoRecordFilter: Sendable, Equatable {
    /// How a call's duration is compared with ``DigoRecordFilter/duration``.
    package enum Comparison: String, Sendable, CaseIterable {
        case longer = ">"
        case shorter = "<"
        case atLeast = ">="
        case atMost = "<="
        case other = "!="
    }

    /// Whether a call was answered.
    package enum Kind: String, Sendable, CaseIterable {
        case answered = "c"
        case missed = "m"
    }

    /// `from_date`: `YYYY-MM-DD hh:mm:ss`.
    package var from: String?
    /// `to_date`: `YYYY-MM-DD hh:mm:ss`.
    package var to: String?
    /// `call_id`.
    package var call: String?
    /// `agents`: an agent's id.
    package var agent: String?
    /// `department`: ids of departments.
    package var departments: [String] = []
    /// `ivr`: ids of menus.
    package var menus: [String] = []
    /// `call_type`.
    package var kind: Kind?
    /// `callerid`.
    package var callerID: String?
    /// `destination`: where an incoming call was directed.
    package var destination: String?
    /// `direction`: the document names `Inbound` and `Outbound`.
    package var direction: String?
    /// `duration` in seconds, and `operator`.
    package var duration: (comparison: Comparison, seconds: Int)?
    /// `services`, such as `Click to Call`.
    package var services: [String] = []
    /// `limit`: records of a page.
    package var limit = 100

    /// All records.
    package init() {}

    /// The query that asks for a page.
    ///
    /// The document calls departments and menus arrays and does not say how a query has them; that each gets a field of its
    /// own, with brackets behind the name, is assumed. Services stand in one field, with commas, as it says.
    func query(page: Int) -> URLEncodedForm {
        var form = URLEncodedForm()
        let texts = [
            ("from_date", from), ("to_date", to), ("call_id", call), ("agents", agent), ("call_type", kind?.rawValue),
            ("callerid", callerID), ("destination", destination), ("direction", direction),
            ("duration", duration.map { "\($0.seconds)" }), ("operator", duration?.comparison.rawValue),
            ("services", services.isEmpty ? nil : services.joined(separator: ",")),
        ]
        for (name, value) in texts { if let value { form.append(name, value) } }
        for department in departments { form.append("department[]", department) }
        for menu in menus { form.append("ivr[]", menu) }
        form.append("limit", "\(limit)")
        form.append("page", "\(page)")
        return form
    }

    package static func == (left: DigoRecordFilter, right: DigoRecordFilter) -> Bool {
        left.query(page: 1) == right.query(page: 1)
    }
}
