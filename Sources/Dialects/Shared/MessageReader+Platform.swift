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

    private func likelyPlatform(in text: Span<UInt8>) -> DialectName? {
        guard let name = string("event", in: text), document.equals("start", at: name, in: text),
            let start = object("start", in: text)
        else { return nil }
        func has(_ name: String) -> Bool { document.member(name, of: start, in: text) != nil }
        if has("call_control_id") { return .telnyx }
        if has("callId"), has("streamId") { return .plivo }
        if has("callSid"), has("accountSid") { return .twilio }
        if has("call_sid"), has("stream_sid") { return .exotel }
        return nil
    }
}
