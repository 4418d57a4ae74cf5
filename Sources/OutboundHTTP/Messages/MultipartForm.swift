// SPDX-License-Identifier: Apache-2.0

/// A body of `multipart/form-data` (RFC 7578).
package struct MultipartForm: Sendable {
    private let boundary: String
    private var parts: [UInt8] = []

    /// An empty form.
    ///
    /// - Parameter boundary: separates the parts; no part may contain it. Random unless given.
    package init(boundary: String? = nil) {
        self.boundary = boundary ?? (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }

    /// The value of the `Content-Type` field.
    package var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    /// Adds a field of text.
    package mutating func append(_ name: String, _ value: String) {
        begin("form-data; name=\"\(Self.quoted(name))\"")
        parts += Array("\r\n\(value)\r\n".utf8)
    }

    /// Adds a file.
    package mutating func append(_ name: String, fileName: String, contentType: String, _ bytes: [UInt8]) {
        begin("form-data; name=\"\(Self.quoted(name))\"; filename=\"\(Self.quoted(fileName))\"")
        parts += Array("Content-Type: \(contentType)\r\n\r\n".utf8) + bytes + Array("\r\n".utf8)
    }

    /// The whole body.
    package var body: [UInt8] { parts + Array("--\(boundary)--\r\n".utf8) }

    private mutating func begin(_ disposition: String) {
        parts += Array("--\(boundary)\r\nContent-Disposition: \(disposition)\r\n".utf8)
    }

    /// What browsers do with the three characters that would end a name (WHATWG HTML §4.10.21.8).
    private static func quoted(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"": result += "%22"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
