// SPDX-License-Identifier: Apache-2.0

/// Days and times as platforms write them, without a zone.
enum DateText {
    /// Whether a text is a day, `YYYY-MM-DD`, each part in its range.
    static func isDay(_ text: some StringProtocol) -> Bool {
        guard let bytes = digits(text, "0000-00-00") else { return false }
        return (1...12).contains(number(bytes, 5)) && (1...31).contains(number(bytes, 8))
    }

    /// Whether a text is a day and a time, `YYYY-MM-DD hh:mm:ss`, each part in its range.
    static func isDayAndTime(_ text: String) -> Bool {
        guard let bytes = digits(text, "0000-00-00 00:00:00"), isDay(text.prefix(10)) else { return false }
        return number(bytes, 11) < 24 && number(bytes, 14) < 60 && number(bytes, 17) < 60
    }

    /// The bytes of a text that has digits where the pattern has zeros, and the same elsewhere.
    private static func digits(_ text: some StringProtocol, _ pattern: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        guard bytes.count == pattern.utf8.count else { return nil }
        let fits = zip(bytes, pattern.utf8).allSatisfy { byte, sign in
            sign == UInt8(ascii: "0") ? (0x30...0x39).contains(byte) : byte == sign
        }
        return fits ? bytes : nil
    }

    private static func number(_ bytes: [UInt8], _ index: Int) -> UInt8 {
        (bytes[index] - 0x30) * 10 + bytes[index + 1] - 0x30
    }
}
