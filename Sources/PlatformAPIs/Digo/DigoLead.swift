// SPDX-License-Identifier: Apache-2.0

/// Somebody to be called with an announcement: the fields of `POST /v1/broadcast/lead/<LEAD_ID>`.
package struct DigoLead: Sendable, Equatable {
    /// The number of the field with the number to call.
    static let numberField = 0
    /// The number of the field that an announcement of a one-time password reads.
    static let passwordField = 5

    /// The list that the lead is added to.
    package var list: String
    /// `field_0`: who is called.
    package var number: String
    /// What the announcement reads, `field_1` and on, by the number of the field.
    package var fields: [Int: String]
    /// `duplicate_option`; the document names `overwrite` and no other.
    package var duplicates = "overwrite"

    /// A lead.
    package init(list: String, number: String, fields: [Int: String] = [:]) {
        self.list = list
        self.number = number
        self.fields = fields
    }

    /// A lead who is told a one-time password, `field_5`.
    package init(list: String, number: String, password: String) {
        self.init(list: list, number: number, fields: [Self.passwordField: password])
    }
}
