// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// Answers on the admin port what the server does not answer there itself: everything but `/healthz` and `/readyz`.
package protocol AdminResponder: Sendable {
    /// What is known by the head of a request alone: that it is refused, or how long its body may be.
    ///
    /// Called on the admin port's thread: it never waits.
    func judge(_ head: ReceivedHTTPRequest) -> AdminJudgement
    /// Answers a request whose head was let in, with its whole body.
    func answer(_ request: ReceivedHTTPRequest) async -> AdminReply
}

/// What becomes of a request on the admin port, by its head.
package enum AdminJudgement: Sendable, Equatable {
    /// It is answered once its body is there, which may have so many bytes.
    case accepted(maximumBody: Int)
    /// It is answered at once, and the connection closed.
    case refused(AdminReply)
}

/// The answer to a request on the admin port.
package struct AdminReply: Sendable, Equatable {
    /// The status code, 200–599.
    package var status: Int
    /// The header fields; the length and the connection's are added.
    package var headers: [Header]
    /// The body.
    package var body: [UInt8]

    /// A header field.
    package struct Header: Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Its value.
        package var value: String

        /// A header field.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// An answer.
    package init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Why something was not done, as JSON: a word for programs and a sentence for people, which need no escapes.
    init(status: Int, fault: StaticString, _ message: String) {
        let text = "{\"error\":\"\(fault)\",\"message\":\"\(message)\"}\n"
        self.init(status: status, text: text, type: "application/json")
    }

    /// An answer of text.
    package init(status: Int, text: String, type: String = "text/plain; charset=utf-8") {
        self.init(status: status, headers: [Header("Content-Type", type)], body: Array(text.utf8))
    }
}
