// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// A request, variables filled in.
package struct FlowHTTPRequest: Sendable, Equatable {
    /// The method.
    package var method: String
    /// The whole URL.
    package var url: String
    /// The header fields.
    package var headers: [Header]
    /// The body; empty for none.
    package var body: [UInt8]
    /// How long the whole answer may take.
    package var timeout: Duration

    /// A header field.
    package struct Header: Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Its value.
        package var value: HeaderValue
    }

    /// What a header field holds.
    package enum HeaderValue: Sendable, Equatable {
        /// Text.
        case text(String)
        /// Something that is never shown.
        case secret(Secret)
    }

    /// Scheme and host of the URL: its path and query may tell who calls, or what was pressed.
    package var host: String { url.split(separator: "/", maxSplits: 2).prefix(2).joined(separator: "//") }
}

/// An answer.
package struct FlowHTTPAnswer: Sendable, Equatable {
    /// Most bytes of a body.
    package static let maximumBytes = 1 << 20

    /// The status, 100…599.
    package var status: Int
    /// The body, at most ``maximumBytes``.
    package var body: [UInt8]

    /// An answer.
    package init(status: Int, body: [UInt8] = []) {
        self.status = status
        self.body = body
    }
}
