// SPDX-License-Identifier: Apache-2.0

import CallModel

// What nearly all platforms say alike.
extension MessageReader {
    /// Reads a key: `dtmf.digit`, `digit`, or `dtmf` as plain text or number; `duration` in milliseconds.
    func decodeDigit(in text: Span<UInt8>) -> CallEvent {
        let fields = fields("dtmf", in: text)
        guard let key = fields.text("digit", "dtmf", of: document, in: text), key.count == 1,
            let digit = key.first.flatMap(DTMFDigit.init)
        else { return .ignored(.incomplete("dtmf")) }
        let place = fields.first(["duration"], of: document, in: text) { $0 == .number || $0 == .string }
        let milliseconds = place.flatMap { document.wholeNumber(at: $0, in: text)?.value }
        return .digit(digit, duration: milliseconds.flatMap { $0 >= 0 ? .milliseconds($0) : nil })
    }

    /// Reads a mark's name, kept as it is up to 256 bytes.
    func decodeMark(in text: Span<UInt8>) -> CallEvent {
        guard let name = fields("mark", in: text).text("name", of: document, in: text) else {
            return .ignored(.incomplete("mark"))
        }
        return .mark(name.prefixed(toBytes: 256))
    }

    /// Reads the reason of the end, kept as it is up to 256 bytes.
    func decodeStop(in text: Span<UInt8>) -> CallEvent {
        let reason = fields("stop", in: text).text("reason", of: document, in: text)
        return .stop(reason: reason?.prefixed(toBytes: 256))
    }
}
