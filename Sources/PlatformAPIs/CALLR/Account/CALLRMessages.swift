// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects

/// Sends text messages through CALLR.
package struct CALLRMessages: MessageSending {
    /// Most characters of a text; a bound of ours, some seven parts of a message.
    package static let maximumCharacters = 1_000

    private let client: CALLRClient
    private let sender: String?

    /// Messages in the name of an account.
    ///
    /// - Parameters:
    ///   - client: the account's client.
    ///   - sender: who sends messages that name nobody; nil for a short code of the platform, to which can be replied.
    package init(_ client: CALLRClient, sender: String? = nil) {
        self.client = client
        self.sender = sender
    }

    package func send(_ message: TextMessage) async throws -> SentMessage {
        guard CALLRCommand.isInternational(message.to) else { throw PlatformRequestError("to", "begin with +") }
        guard (1...Self.maximumCharacters).contains(message.text.count) else {
            throw PlatformRequestError("text", "give 1 to \(Self.maximumCharacters) characters")
        }
        let from = message.from ?? sender ?? ""
        let result = try await client.call(
            .sendMessage,
            [.string(from), .string(message.to), .string(message.text), .null]
        )
        let id = try client.id(of: result)
        return SentMessage(id: id, platformID: id)
    }
}
