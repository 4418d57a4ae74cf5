// SPDX-License-Identifier: Apache-2.0

import Dialects
import Foundation

/// Foundation's reading of JSON, to hold ours against.
enum FoundationJSON {
    /// What Foundation makes of a text; nil when it refuses.
    static func parse(_ text: [UInt8]) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(text), options: [.fragmentsAllowed])
    }

    /// Whether Foundation's value is the same as ours, all the way down.
    static func isSame(_ ours: JSONValue, _ theirs: Any) -> Bool {
        switch ours {
        case .null: return theirs is NSNull
        case .flag(let flag): return theirs as? Bool == flag
        case .number(let text):
            guard let ours = Double(text), let theirs = (theirs as? NSNumber)?.doubleValue else { return false }
            // Beyond 17 digits Foundation goes by way of a decimal, whose value as a Double may be an ulp or two off.
            return ours == theirs || text.utf8.count > 17 && abs(ours - theirs) <= ours.ulp * 4
        case .string(let text):
            guard let string = theirs as? String else { return false }
            return Array(string.utf8) == Array(text.utf8)
        case .array(let values):
            guard let array = theirs as? [Any], array.count == values.count else { return false }
            return zip(values, array).allSatisfy(isSame)
        case .object(let members):
            guard let dictionary = theirs as? [String: Any], dictionary.count == members.count else { return false }
            return members.allSatisfy { name, value in dictionary[name].map { isSame(value, $0) } ?? false }
        }
    }

    /// Whether a value holds a number that no `Double` can hold, which Foundation refuses and the grammar allows.
    static func overflows(_ value: JSONValue) -> Bool {
        switch value {
        case .number(let text): Double(text).map { !$0.isFinite } ?? true
        case .array(let values): values.contains(where: overflows)
        case .object(let members): members.values.contains(where: overflows)
        case .null, .flag, .string: false
        }
    }
}
