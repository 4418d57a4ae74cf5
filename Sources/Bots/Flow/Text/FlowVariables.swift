// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// Names of variables, and those that are there without being set.
package enum FlowVariables {
    /// Longest value, in Unicode scalars; what is beyond is cut.
    package static let maximumLength = 4_096

    /// Variables that every call has, with what they hold.
    package static let known = [
        "call.id", "call.from", "call.to", "call.direction", "call.platform", "request.status",
    ]

    /// Begins the names of what the platform sent along with the call.
    package static let parameterPrefix = "call.parameters."

    /// Whether a flow may set a variable of this name: letters, digits and `_`, a letter first, at most 64.
    package static func isOwnName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count), let first = name.unicodeScalars.first, isLetter(first) else {
            return false
        }
        return name.unicodeScalars.allSatisfy { isLetter($0) || ("0"..."9").contains($0) || $0 == "_" }
    }

    /// Whether a text can read a variable of this name.
    package static func isName(_ name: String) -> Bool {
        isOwnName(name) || known.contains(name)
            || (name.hasPrefix(parameterPrefix) && name.count > parameterPrefix.count && name.utf8.count <= 128)
    }

    /// A value, cut to ``maximumLength``.
    static func bounded(_ value: String) -> String {
        value.utf8.count <= maximumLength
            ? value : String(String.UnicodeScalarView(value.unicodeScalars.prefix(maximumLength)))
    }

    /// The variables of a call's start.
    package static func of(_ start: CallStart) -> [String: String] {
        var variables = ["call.id": "\(start.callID)", "call.platform": start.platform]
        variables["call.from"] = start.from
        variables["call.to"] = start.to
        variables["call.direction"] = start.direction?.rawValue
        for (name, value) in start.parameters { variables[parameterPrefix + name] = value }
        return variables.mapValues(bounded)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}
