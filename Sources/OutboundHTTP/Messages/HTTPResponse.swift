// SPDX-License-Identifier: Apache-2.0

/// The head of an answer, with the body that follows.
package struct HTTPResponse: Sendable {
    /// The status code, 100–599.
    package var status: Int
    /// Header fields.
    package var fields: HTTPFields
    /// The body, piece by piece as it comes.
    package var body: HTTPBody

    package init(status: Int, fields: HTTPFields = HTTPFields(), body: HTTPBody = HTTPBody([])) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Whether the status is one of success, 200–299.
    package var isSuccess: Bool { (200..<300).contains(status) }
}
