// SPDX-License-Identifier: Apache-2.0

/// One event of a `text/event-stream`.
package struct ServerSentEvent: Sendable, Equatable {
    /// The event's type; `message` when the stream does not say.
    package var type: String
    /// Its data; several `data` lines are joined by line feeds.
    package var data: String

    package init(type: String = "message", data: String) {
        self.type = type
        self.data = data
    }
}
