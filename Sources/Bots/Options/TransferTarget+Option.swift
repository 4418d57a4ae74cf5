// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

extension TransferTarget {
    /// A place as options tell it in one word: a number, `extension:204`, `flow:NAME`, `sip:URI` or `wss://URL`.
    ///
    /// Nil for anything else.
    package init?(option text: String) {
        if text.hasPrefix("wss://") {
            self = .bot(url: text)
        } else if text.hasPrefix("sip:") || text.hasPrefix("sips:") {
            self = .sip(uri: text)
        } else if text.hasPrefix("extension:") {
            self = .extension(String(text.dropFirst(10)))
        } else if text.hasPrefix("flow:") {
            self = .flow(String(text.dropFirst(5)))
        } else {
            guard Self.isTelephoneNumber(text) else { return nil }
            self = .phone(text)
        }
    }

    /// Whether a text can be a telephone number: digits, with `+`, `-` and spaces among them.
    static func isTelephoneNumber(_ text: String) -> Bool {
        let digits: ClosedRange<UInt8> = 0x30...0x39
        return text.utf8.contains(where: digits.contains)
            && text.utf8.allSatisfy { digits.contains($0) || "+- ".utf8.contains($0) }
    }
}
