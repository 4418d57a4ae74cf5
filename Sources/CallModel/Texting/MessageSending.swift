// SPDX-License-Identifier: Apache-2.0

/// Sends short text messages (SMS), for bots that send one during a call or after it.
public protocol MessageSending: Sendable {
    /// Sends a message once.
    ///
    /// Returns when the service has taken it on, which is not yet its delivery; throws when the service refuses it, or does not
    /// answer in time, after which it may have been sent or not. Whoever calls sets a deadline by cancelling the task.
    func send(_ message: TextMessage) async throws -> SentMessage
}

/// A short text message.
public struct TextMessage: Sendable, Equatable {
    /// The number it goes to, with the country's code.
    public var to: String
    /// The text.
    public var text: String
    /// The registered sender; nil for the service's own.
    public var from: String?

    /// A message.
    public init(to: String, text: String, from: String? = nil) {
        self.to = to
        self.text = text
        self.from = from
    }
}

/// What names a message that was taken on.
public struct SentMessage: Sendable, Equatable {
    /// Our id of it, which reports of its delivery name.
    public var id: String
    /// The service's id of it, if it gave one.
    public var platformID: String?

    /// A message that was taken on.
    public init(id: String, platformID: String? = nil) {
        self.id = id
        self.platformID = platformID
    }
}
