// SPDX-License-Identifier: Apache-2.0

internal import CallModel
internal import Dialects

/// Reads the targets of transfers as one platform takes them.
struct TargetReader {
    /// The platform's name in errors.
    let platform: String
    /// Writes national numbers internationally; nil leaves them as they are.
    let numbering: NumberingPlan?

    /// A telephone number as the platform takes it: digits with an optional `+`.
    func number(_ text: String) throws(CallControlError) -> String {
        if let numbering, let number = numbering.normalized(text) { return number }
        guard let number = DialableNumber(text) else { throw .badTarget(platform, "telephone number") }
        return number.text
    }

    /// Telephone numbers as the platform takes them, at most so many.
    func numbers(_ texts: [String], atMost limit: Int) throws(CallControlError) -> [String] {
        guard (1...limit).contains(texts.count) else {
            throw .badTarget(platform, "list of 1 to \(limit) numbers")
        }
        var numbers: [String] = []
        for text in texts { numbers.append(try number(text)) }
        return numbers
    }

    /// A SIP URI, if it begins as one.
    func sip(_ uri: String) throws(CallControlError) -> String {
        guard uri.hasPrefix("sip:") || uri.hasPrefix("sips:") else { throw .badTarget(platform, "SIP URI") }
        return uri
    }

    /// The URL of another bot, if it is a secure one.
    func bot(_ url: String) throws(CallControlError) -> String {
        guard url.hasPrefix("wss://") else { throw .badTarget(platform, "wss URL") }
        return url
    }

    /// The URL of a document of the platform's own language, which is how these platforms name a flow.
    func document(_ url: String) throws(CallControlError) -> String {
        guard url.hasPrefix("https://") else { throw .badTarget(platform, "https URL of a flow") }
        return url
    }
}
