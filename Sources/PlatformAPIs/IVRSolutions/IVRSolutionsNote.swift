// SPDX-License-Identifier: Apache-2.0

/// What somebody has to say about a call at IVR Solutions.
package struct IVRSolutionsNote: Sendable, Equatable {
    /// Which call, and by what request it is told.
    package enum Subject: Sendable, Equatable {
        /// `record_id`: a record of the log.
        case record(String)
        /// `sip_call_id`: a call by its SIP id.
        case sipCall(String)
    }

    /// Which call.
    package var subject: Subject
    /// `call_remark` or `note`; of a record nil for none.
    package var text: String?
    /// `call_status` or `status`: the number of a label, see ``IVRSolutionsClient/statusLabels()``; a record needs one.
    package var status: Int?
    /// `call_type`: `incoming`, `outgoing`, `c2c` or `dialer`; a record needs one.
    package var callType: String?

    /// A note.
    package init(on subject: Subject, _ text: String?, status: Int? = nil, callType: String? = nil) {
        self.subject = subject
        self.text = text
        self.status = status
        self.callType = callType
    }
}
