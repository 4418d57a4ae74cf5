// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects

extension IVRSolutionsRequests {
    /// Attaches a note to a call.
    ///
    /// The two requests differ: of a record the status is a number, of a SIP call a text.
    ///
    /// - Throws: ``PlatformRequestError``.
    package func note(_ note: IVRSolutionsNote) throws(PlatformRequestError) -> PlannedRequest {
        switch note.subject {
        case .record(let record):
            guard !record.isEmpty else { throw PlatformRequestError("record_id", "give a record of the log") }
            guard let status = note.status else { throw PlatformRequestError("call_status", "give a label's number") }
            guard let callType = note.callType else {
                throw PlatformRequestError("call_type", "say which kind of call")
            }
            var members: [String: JSONValue] = [
                "record_id": .string(record), "call_status": .number(status), "call_type": .string(callType),
            ]
            if let text = note.text { members["call_remark"] = .string(text) }
            return repeatable(paths.recordNote, .object(members))
        case .sipCall(let call):
            guard !call.isEmpty else { throw PlatformRequestError("sip_call_id", "give the call's SIP id") }
            guard let text = note.text, !text.isEmpty else { throw PlatformRequestError("note", "give a text") }
            // Whether a second note on a call takes the place of the first is not said, so it is sent once.
            return post(
                paths.callNote,
                .object(present: [
                    "sip_call_id": call, "note": text, "call_type": note.callType,
                    "status": note.status.map(String.init),
                ])
            )
        }
    }

    /// Registers the URL that callbacks about calls go to.
    ///
    /// - Parameters:
    ///   - url: ours, `https://`.
    ///   - key: signs the callbacks; nil leaves them unsigned.
    /// - Returns: the request.
    /// - Throws: ``PlatformRequestError``.
    package func registerWebhook(_ url: String, key: Secret?) throws(PlatformRequestError) -> PlannedRequest {
        guard url.hasPrefix("https://") || url.hasPrefix("http://"), url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw PlatformRequestError("webhookurl", "give a URL, https://") }
        guard key?.reveal().isEmpty != true else { throw PlatformRequestError("secret_key", "give a key, or none") }
        return repeatable(paths.webhook, .object(present: ["webhookurl": url, "secret_key": key?.reveal()]))
    }
}
