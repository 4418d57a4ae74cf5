// SPDX-License-Identifier: Apache-2.0

package import Dialects

/// A platform's answer to one request, whole.
package struct PlatformAnswer: Sendable, Equatable {
    /// The most bytes of a body that are read, unless a request says otherwise.
    package static let maximumBytes = 256 << 10
    /// The most bytes of a body that lists calls or people.
    package static let maximumListBytes = 16 << 20

    /// The status code, 100–599.
    package let status: Int
    /// The body as JSON; nil when it is none.
    package let json: JSONValue?

    /// An answer as it came.
    package init(status: Int, body: [UInt8]) {
        self.status = status
        json = body.isEmpty ? nil : try? Self.parse(body)
    }

    /// A body's JSON; a list may have more values than a message on a socket.
    private static func parse(_ body: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var document = JSONDocument(maximumValues: maximumListBytes / 8)
        let text = body.span
        try document.parse(text)
        return document.value(at: document.root, in: text)
    }

    /// Whether the status is one of success, 200–299.
    package var isSuccess: Bool { (200..<300).contains(status) }

    /// What an answer without success comes to, whatever platform sent it.
    ///
    /// - Parameters:
    ///   - code: the platform's own code, if any.
    ///   - message: the platform's words, if any.
    /// - Returns: busy, unclear or refused.
    package func failure(code: String? = nil, message: String? = nil) -> PlatformOutcome {
        switch status {
        case 429, 503: .busy(status: status)
        case 500...599: .unclear(.status(status))
        default: .refused(PlatformRefusal(status: status, code: code, message: message))
        }
    }
}
