// SPDX-License-Identifier: Apache-2.0

import CallModel

// Whose messages these are.
extension MessageReader {
    /// Refuses a first message that another platform wrote, told by names that none of the others uses.
    ///
    /// A message that nothing is known of is let through: the route decides.
    func checkPlatform(_ dialect: DialectName, in text: Span<UInt8>) throws(DialectError) {
        guard let other = likelyPlatform(in: text), other != dialect else { return }
        // Both write the same start; only what we say differs, so that the route must know.
        let family: Set<DialectName> = [.ivrSolutions, .exotel]
        guard !family.isSuperset(of: [other, dialect]) else { return }
        throw .wrongPlatform(dialect, looksLike: other)
    }

    /// What a message is that the route's dialect does not know: another platform's, or nothing.
    func unknown(_ name: JSONPlace?, on dialect: DialectName, in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        try checkPlatform(dialect, in: text)
        return ignored(name, in: text)
    }

    private func likelyPlatform(in text: Span<UInt8>) -> DialectName? {
        likelyAuthorOfStart(in: text) ?? likelyAuthorOfOther(in: text)
    }

    /// Platforms whose first message is not called `start`, or holds nothing of that name.
    private func likelyAuthorOfOther(in text: Span<UInt8>) -> DialectName? {
        func has(_ name: String) -> Bool { document.member(name, of: document.root, in: text) != nil }
        if let event = string("event", in: text) {
            if document.equals("websocket:connected", at: event, in: text) { return .vonage }
            if document.equals("media_start", at: event, in: text) { return .asterisk }
            return document.equals("start", at: event, in: text) && has("ucid") ? .ozonetel : nil
        }
        if let type = string("type", in: text) {
            return document.equals("open", at: type, in: text) && has("version") && has("seq") ? .genesys : nil
        }
        return has("callSid") && has("sampleRate") ? .jambonz : nil
    }

    private func likelyAuthorOfStart(in text: Span<UInt8>) -> DialectName? {
        guard let name = string("event", in: text), document.equals("start", at: name, in: text),
            let start = object("start", in: text)
        else { return nil }
        func has(_ name: String) -> Bool { document.member(name, of: start, in: text) != nil }
        if has("call_control_id") { return .telnyx }
        if has("callId"), has("streamId") { return .plivo }
        if has("callSid"), has("accountSid") { return .twilio }
        // Alike but for the account, which is enough for a word in the log and not to choose a dialect by.
        if has("call_sid"), has("stream_sid") { return has("account_sid") ? .exotel : .ivrSolutions }
        return nil
    }
}
