// SPDX-License-Identifier: Apache-2.0

/// Records as comma-separated values (RFC 4180): a head, a line for each, each ended by CR LF.
package enum RecordCSV {
    /// The names of the columns.
    package static var head: String { line(RecordColumn.all.map(\.name)) }

    /// One record.
    package static func line(_ record: CallRecord) -> String {
        line(
            record.values.map { value in
                if case .text(let text) = value { harmless(text) } else { value.text }
            }
        )
    }

    private static func line(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") + "\r\n" }

    private static func quoted(_ field: String) -> String {
        let isPlain = field.utf8.allSatisfy { byte in
            byte != UInt8(ascii: "\"") && byte != UInt8(ascii: ",") && byte != 0x0A && byte != 0x0D
        }
        guard !isPlain else { return field }
        var text = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text.unicodeScalars.append(scalar) }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }

    /// A text that a spreadsheet does not take for a formula: a caller's name and number come from strangers.
    ///
    /// A number with its plus sign stays as it is.
    private static func harmless(_ text: String) -> String {
        guard let first = text.utf8.first else { return text }
        let isSigned = first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
        let isNumber = isSigned && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
        let isSuspect = isSigned || [UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0D].contains(first)
        return isSuspect && !isNumber ? "'" + text : text
    }
}
