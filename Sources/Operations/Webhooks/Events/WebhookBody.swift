// SPDX-License-Identifier: Apache-2.0
import CallRecords
import Dialects

/// What is posted: an envelope around what happened.
struct WebhookBody {
    /// What happened, such as `call.ended`.
    var type: String
    /// The event's id: the same however often, and to however many endpoints, it is sent.
    var eventID: String
    /// When it happened, in milliseconds since 1970.
    var time: Int64
    /// The endpoint's name.
    var hook: String
    /// How often it was sent to this endpoint before, from 0.
    var attempt: Int
    /// What there is to say, a JSON object in UTF-8.
    var data: [UInt8]

    /// The body, JSON in UTF-8.
    var bytes: [UInt8] {
        let members: [(String, [UInt8])] = [
            ("type", JSONValue.string(type).encoded), ("event_id", JSONValue.string(eventID).encoded),
            ("event_at", JSONValue.string(RecordTime.text(time)).encoded),
            ("hook_hash", JSONValue.string(hook).encoded), ("try", JSONValue.number(attempt).encoded), ("data", data),
        ]
        var bytes: [UInt8] = []
        for (index, member) in members.enumerated() {
            bytes += (index == 0 ? "{\"" : ",\"").utf8
            bytes += member.0.utf8
            bytes += "\":".utf8
            bytes += member.1
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
