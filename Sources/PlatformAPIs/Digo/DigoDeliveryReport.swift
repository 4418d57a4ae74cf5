// SPDX-License-Identifier: Apache-2.0

/// What Digo Engage tells about a message at its `dlr.url`.
///
/// The platform's document says that deliveries and visits of shortened URLs are told there, and shows neither. So members
/// are taken by what their names can only mean, without regard to case, `_` and `-`.
package struct DigoDeliveryReport: Sendable, Equatable {
    /// How a message fared (the states of SMPP 3.4 §5.2.28, and words that mean the same).
    package enum State: String, Sendable, CaseIterable {
        /// It reached the phone.
        case delivered
        /// It will not.
        case failed
        /// It is on its way, or the word is not known.
        case open
        /// No state: something else about the message, such as a visit of its URL.
        case none
    }

    /// Our id of the message, `transactionID`.
    package let transaction: String
    /// The platform's id, if told.
    package let platformID: String?
    /// To whom, if told.
    package let to: String?
    /// The state in the platform's word, if there is one.
    package let status: String?
    /// Every member that is text, a number or a flag, by its name as sent.
    package let members: [String: String]

    /// A report; nil when it names no message.
    package init?(_ members: [String: String]) {
        var plain: [String: String] = [:]
        for (name, value) in members {
            plain[String(name.lowercased().filter { $0 != "_" && $0 != "-" })] = value
        }
        guard let transaction = plain["transactionid"], !transaction.isEmpty else { return nil }
        self.transaction = transaction
        self.members = members
        platformID = plain["id"] ?? plain["messageid"] ?? plain["msgid"]
        to = plain["to"] ?? plain["msisdn"] ?? plain["mobile"]
        status = plain["status"] ?? plain["dlrstatus"] ?? plain["deliverystatus"] ?? plain["state"]
    }

    /// How the message fared.
    package var state: State {
        guard let status = status?.uppercased() else { return .none }
        let failures = ["UNDELIV", "FAIL", "REJECT", "EXPIRE", "DELETED", "BLOCKED", "DND", "INVALID", "ERROR"]
        if failures.contains(where: status.hasPrefix) { return .failed }
        return status.hasPrefix("DELIV") || status == "SUCCESS" ? .delivered : .open
    }
}
