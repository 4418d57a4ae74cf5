// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// A single value: what it is after its variables are filled in, and what a message may show of it.
package struct ScalarText {
    /// The value.
    package var text: String
    /// The value as the file has it: with `${NAME}` rather than with what the variable holds.
    package var source: String
}

extension ConfigurationNode {
    /// A single value; nil, and a fault that tells what is `wanted`, when it is empty, a list or a mapping.
    package func scalar(_ wanted: String) -> ScalarText? {
        guard !isBroken else { return nil }
        guard case .scalar(let scalar) = node else {
            report("is not a single value; give \(wanted)")
            return nil
        }
        guard !isNull else {
            report("is empty; give \(wanted), or remove the key")
            return nil
        }
        let source = ConfigurationDocument.text(of: scalar)
        do {
            return ScalarText(text: try Interpolation.fill(source, from: context.environment), source: source)
        } catch {
            report(error.message)
            return nil
        }
    }

    /// The value of a single value, variables filled in; nil, and no fault, for anything else.
    private var quietText: String? {
        guard case .scalar(let scalar) = node else { return nil }
        return try? Interpolation.fill(ConfigurationDocument.text(of: scalar), from: context.environment)
    }

    /// Whether this is one certain word; reports nothing.
    package func isWord(_ word: String) -> Bool { quietText == word }

    /// Whether a path is meant here; reports nothing.
    package var isPathLike: Bool { quietText?.hasPrefix("/") ?? false }

    /// Text, which may only be empty where that is allowed and written as `""`.
    package func text(_ wanted: String = "a text", allowsEmpty: Bool = false) -> String? {
        guard let scalar = scalar(wanted) else { return nil }
        guard allowsEmpty || !scalar.text.isEmpty else {
            report("is empty; give \(wanted), or remove the key")
            return nil
        }
        return scalar.text
    }

    /// True or false.
    package func flag() -> Bool? {
        guard let scalar = scalar("true or false") else { return nil }
        switch scalar.text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            report("\(ShownText.quoted(scalar.source)) is neither true nor false; write one of them")
            return nil
        }
    }

    /// A whole number in a range.
    package func integer(in range: ClosedRange<Int>) -> Int? {
        let wanted = "\(range.lowerBound)…\(range.upperBound)"
        guard let scalar = scalar("a whole number, \(wanted)") else { return nil }
        guard let value = Int(scalar.text) else {
            report("\(ShownText.quoted(scalar.source)) is not a whole number; give \(wanted)")
            return nil
        }
        return check(value, in: range, source: scalar.source, shownRange: wanted)
    }

    /// A time in a range.
    package func duration(in range: ClosedRange<Duration>, orOff: Bool = false) -> Duration?? {
        let wanted = "\(DurationText.write(range.lowerBound))…\(DurationText.write(range.upperBound))"
        let shown = orOff ? "\(wanted) or off" : wanted
        guard let scalar = scalar("a time, \(shown)") else { return nil }
        if orOff, scalar.text.lowercased() == "off" { return .some(nil) }
        guard let value = DurationText.read(scalar.text) else {
            let advice = "write a whole number and ms, s, m or h, such as 250ms, within \(shown)"
            report("\(ShownText.quoted(scalar.source)) is not a time; \(advice)")
            return nil
        }
        return check(value, in: range, source: scalar.source, shownRange: shown)
    }

    /// A whole number of hundredths in a range, with or without `%`, or `off`.
    package func percentOrOff(in range: ClosedRange<Int>) -> Int?? {
        let wanted = "\(range.lowerBound)%…\(range.upperBound)% or off"
        guard let scalar = scalar(wanted) else { return nil }
        if scalar.text.lowercased() == "off" { return .some(nil) }
        guard let value = Int(scalar.text.hasSuffix("%") ? String(scalar.text.dropLast()) : scalar.text) else {
            report("\(ShownText.quoted(scalar.source)) is not a whole number of hundredths; give \(wanted)")
            return nil
        }
        return check(value, in: range, source: scalar.source, shownRange: wanted)
    }

    /// A number from 0 to 1.
    package func share() -> Double? {
        let wanted = "0…1"
        guard let scalar = scalar("a number, \(wanted)") else { return nil }
        guard let value = Double(scalar.text), value.isFinite else {
            report("\(ShownText.quoted(scalar.source)) is not a number; give \(wanted), such as 0.1")
            return nil
        }
        return check(value, in: 0...1, source: scalar.source, shownRange: wanted)
    }

    /// A number of bytes in a range.
    package func bytes(in range: ClosedRange<Int>) -> Int? {
        let wanted = "\(ByteCountText.write(range.lowerBound))…\(ByteCountText.write(range.upperBound))"
        guard let scalar = scalar("a size, \(wanted)") else { return nil }
        guard let value = ByteCountText.read(scalar.text) else {
            let advice = "write bytes, or a whole number and KiB, MiB or GiB, within \(wanted)"
            report("\(ShownText.quoted(scalar.source)) is not a size; \(advice)")
            return nil
        }
        return check(value, in: range, source: scalar.source, shownRange: wanted)
    }

    /// One of a few words.
    package func word(among words: [String]) -> String? {
        let wanted = ShownText.choices(words)
        guard let scalar = scalar(wanted) else { return nil }
        guard words.contains(scalar.text) else {
            let nearest = scalar.text == scalar.source ? NearestName.find(scalar.text, among: words) : nil
            let advice = nearest.map { "did you mean \(ShownText.quoted($0))?" } ?? "give \(wanted)"
            report("\(ShownText.quoted(scalar.source)) is not one of \(wanted); \(advice)")
            return nil
        }
        return scalar.text
    }

    private func check<Value: Comparable>(
        _ value: Value,
        in range: ClosedRange<Value>,
        source: String,
        shownRange: String
    ) -> Value? {
        guard range.contains(value) else {
            report("\(ShownText.quoted(source)) is out of range; give \(shownRange)")
            return nil
        }
        return value
    }
}
