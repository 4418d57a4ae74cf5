// SPDX-License-Identifier: Apache-2.0

internal import Dialects

/// One call as IVR Solutions has it in one of its logs.
package struct IVRSolutionsCallLog: Sendable, Equatable {
    /// Which log it is from.
    package let kind: IVRSolutionsLogKind
    /// `recordid`, or a dialer's `id`, which grows from call to call of its log.
    package let record: String
    /// `did_no`: our number.
    package let did: String?
    /// `client_no`, or a dialer's `customer_no`: the other side's number.
    package let client: String?
    /// `agent_no`: the number of the agent who took the call.
    package let agent: String?
    /// `attended_by`, or `agent_name`: the agent's name.
    package let agentName: String?
    /// `ext_no`: the extension that took the call.
    package let `extension`: String?
    /// `call_time`: `YYYY-mm-dd HH:MM:SS`, in the account's zone.
    package let time: String?
    /// `call_duration`.
    package let duration: Duration?
    /// `call_status`, such as `answered`.
    package let status: String?
    /// `call_type`, such as `inbound`.
    package let type: String?
    /// `recording_url`.
    package let recordingURL: String?
    /// `dtmf_input`: the keys that were pressed.
    package let digits: String?
    /// `dialer_id`: the dialer that placed the call.
    package let dialer: String?
    /// `attempts`: how often the dialer has tried.
    package let attempts: Int?

    /// An entry of a log; nil without its id.
    init?(_ json: JSONValue, _ kind: IVRSolutionsLogKind = .call) {
        guard let record = (json["recordid"] ?? json["id"])?.text else { return nil }
        self.kind = kind
        self.record = record
        did = json["did_no"]?.text
        client = (json["client_no"] ?? json["customer_no"])?.text
        agent = json["agent_no"]?.text
        agentName = (json["attended_by"] ?? json["agent_name"])?.text
        self.extension = json["ext_no"]?.text
        time = json["call_time"]?.text
        duration = json["call_duration"]?.text.flatMap { Int64($0) }.map { .seconds($0) }
        status = json["call_status"]?.text
        type = json["call_type"]?.text
        recordingURL = json["recording_url"]?.text
        digits = json["dtmf_input"]?.text
        dialer = json["dialer_id"]?.text
        attempts = json["attempts"]?.text.flatMap { Int($0) }
    }

    /// The day of ``time``, `YYYY-MM-DD`; nil when there is none.
    package var day: String? { time.map { $0.prefix(10) }.flatMap { DateText.isDay($0) ? String($0) : nil } }
}
