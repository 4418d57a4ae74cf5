// SPDX-License-Identifier: Apache-2.0

/// A JSON value whose texts may hold variables; only its text parts are filled in, so that no caller can change its shape.
package indirect enum FlowJSON: Sendable, Equatable {
    /// `null`, `true`, `false` or a number, as it is written.
    case literal(String)
    /// A string.
    case text(FlowText)
    /// A list.
    case list([FlowJSON])
    /// An object, in the order of the file.
    case object([Member])

    /// A member of an object.
    package struct Member: Sendable, Equatable {
        /// Its key.
        package var key: String
        /// Its value.
        package var value: FlowJSON

        /// A member.
        package init(key: String, value: FlowJSON) {
            self.key = key
            self.value = value
        }
    }

    /// The value as text (RFC 8259), variables filled in.
    package func written(_ variables: [String: String]) -> String {
        switch self {
        case .literal(let text): text
        case .text(let text): Self.quoted(text.filled(variables))
        case .list(let elements): "[\(elements.map { $0.written(variables) }.joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\(Self.quoted($0.key)):\($0.value.written(variables))" }.joined(separator: ","))}"
        }
    }

    /// A JSON string (RFC 8259 §7).
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                let hexadecimal = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
