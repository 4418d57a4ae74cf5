// SPDX-License-Identifier: Apache-2.0

/// Text inside an element or an attribute of XML.
enum XMLText {
    /// The text with the five characters escaped that mean something to XML, and without control characters, which
    /// XML 1.0 §2.2 has no way to write.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            case "\u{0}"..<" ": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
