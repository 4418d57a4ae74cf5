// SPDX-License-Identifier: Apache-2.0

internal import Dialects

/// One call as IVR Solutions has it in its log.
package struct IVRSolutionsCallLog: Sendable, Equatable {
    /// `recordid`, which grows from call to call.
    package let record: String
    /// `did_no`: our number.
    package let did: String?
    /// `client_no`: the other side's number.
    package let client: String?
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

    /// An entry of the log; nil without its id.
    init?(_ json: JSONValue) {
        guard let record = json["recordid"]?.text else { return nil }
        self.record = record
        did = json["did_no"]?.text
        client = json["client_no"]?.text
        self.extension = json["ext_no"]?.text
        time = json["call_time"]?.text
        duration = json["call_duration"]?.text.flatMap { Int64($0) }.map { .seconds($0) }
        status = json["call_status"]?.text
        type = json["call_type"]?.text
        recordingURL = json["recording_url"]?.text
        digits = json["dtmf_input"]?.text
    }
}
