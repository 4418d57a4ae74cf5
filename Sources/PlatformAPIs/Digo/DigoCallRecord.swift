// SPDX-License-Identifier: Apache-2.0

internal import Dialects

/// A call as Digo has it in its records.
package struct DigoCallRecord: Sendable, Equatable {
    /// `id` of the record.
    package let id: String
    /// `call_id`.
    package let callID: String?
    /// `uuid`.
    package let uuid: String?
    /// `date` and `time`, when the call began: `YYYY-MM-DD hh:mm:ss`.
    package let began: String?
    /// `end_stamp`.
    package let ended: String?
    /// `direction`.
    package let direction: String?
    /// `status`, such as `missed`.
    package let status: String?
    /// `call_duration`.
    package let duration: Duration?
    /// `answered_seconds`.
    package let answered: Duration?
    /// `client_number`.
    package let client: String?
    /// `did_number`.
    package let did: String?
    /// `dtmf_input`: the keys that were pressed.
    package let digits: String?
    /// `hangup_cause`.
    package let hangUpCause: String?
    /// `recording_url`.
    package let recordingURL: String?
    /// `notes`.
    package let notes: String?
    /// Every other member that is text, a number or a flag.
    package let members: [String: String]

    /// A record; nil without its id.
    init?(_ json: JSONValue) {
        guard case .object(let object) = json, let id = object["id"]?.text else { return nil }
        let members = object.compactMapValues(\.text)
        self.id = id
        callID = members["call_id"]
        uuid = members["uuid"]
        let parts = [members["date"], members["time"]].compactMap { $0 }
        began = parts.isEmpty ? nil : parts.joined(separator: " ")
        ended = members["end_stamp"]
        direction = members["direction"]
        status = members["status"]
        duration = Self.seconds(members["call_duration"])
        answered = Self.seconds(members["answered_seconds"])
        client = members["client_number"]
        did = members["did_number"]
        digits = members["dtmf_input"]
        hangUpCause = members["hangup_cause"]
        recordingURL = members["recording_url"]
        notes = members["notes"]
        self.members = members
    }

    private static func seconds(_ text: String?) -> Duration? { text.flatMap { Int64($0) }.map { .seconds($0) } }
}
