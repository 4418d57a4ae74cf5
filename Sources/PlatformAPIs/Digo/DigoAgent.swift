// SPDX-License-Identifier: Apache-2.0

internal import Dialects

/// An agent as Digo lists it.
package struct DigoAgent: Sendable, Equatable {
    /// `id`.
    package let id: String
    /// `name`.
    package let name: String?
    /// `follow_me_number`: where the agent is rung.
    package let number: String?
    /// `eid`: the extension's id, which a transfer takes.
    package let extensionID: String?
    /// `intercom`: four digits, which a transfer takes too.
    package let intercom: String?
    /// `custom_status` 1: blocked by somebody.
    package let isBlocked: Bool
    /// `calls_answered`.
    package let answered: Int?
    /// `calls_missed`.
    package let missed: Int?

    /// An agent of the list; nil without an id.
    init?(_ json: JSONValue) {
        guard let id = json["id"]?.text else { return nil }
        self.id = id
        name = json["name"]?.text
        number = json["follow_me_number"]?.text
        extensionID = json["eid"]?.text
        intercom = json["intercom"]?.text
        isBlocked = json["custom_status"]?.text == "1"
        answered = json["calls_answered"]?.text.flatMap { Int($0) }
        missed = json["calls_missed"]?.text.flatMap { Int($0) }
    }

    /// A new agent: the fields of `POST /v1/agent`.
    package struct New: Sendable, Equatable {
        /// `name`.
        package var name: String
        /// `follow_me_number`: with the country's code.
        package var number: String
        /// `intercom`: four digits that no other agent has; nil leaves it to the platform.
        package var intercom: String?

        /// An agent.
        package init(name: String, number: String, intercom: String? = nil) {
            self.name = name
            self.number = number
            self.intercom = intercom
        }
    }
}
