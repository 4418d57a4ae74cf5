// SPDX-License-Identifier: Apache-2.0

internal import CallModel
internal import Synchronization

/// Remembers the messages that were sent last, so that reports of their delivery find them.
package final class DigoSentMessages: Sendable {
    /// A message that was sent.
    package struct Message: Sendable, Equatable {
        /// Our id of it.
        package let transaction: String
        /// To whom; nil for many.
        package let to: String?
    }

    private struct State {
        var order: RecentSet<String>
        var messages: [String: Message] = [:]
    }

    private let state: Mutex<State>

    /// Remembers so many.
    ///
    /// - Parameter capacity: how many messages. Default 65,536; of the oldest, reports find nothing any more.
    package init(capacity: Int = 65_536) { state = Mutex(State(order: RecentSet(capacity: capacity))) }

    /// Remembers a message.
    package func note(_ transaction: String, to: String?) {
        state.withLock { state in
            if let dropped = state.order.insertTellingDropped(transaction).dropped { state.messages[dropped] = nil }
            state.messages[transaction] = Message(transaction: transaction, to: to)
        }
    }

    /// The message of an id; nil for one that was not sent, or too long ago.
    package func find(_ transaction: String) -> Message? { state.withLock { $0.messages[transaction] } }
}
