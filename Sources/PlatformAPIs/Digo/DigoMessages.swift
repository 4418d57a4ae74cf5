// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects
internal import Digests

/// Sends SMS through Digo Engage, and notes them, so that reports of their delivery find them.
package struct DigoMessages: MessageSending {
    /// What is the same for every message.
    package struct Settings: Sendable, Equatable {
        /// The registered sender; nil when each message names its own.
        package var from: String?
        /// By what rules messages are sent.
        package var purpose: DigoMessage.Purpose = .transactional
        /// Whether URLs in the text are shortened.
        package var shortensLinks = false
        /// Country whose national numbers are written internationally; nil to leave numbers as they are.
        package var numbering: NumberingPlan?
        /// Where deliveries are told; nil for nowhere.
        package var report: DigoMessage.Report?
        /// What India's registry knows the texts by; nil for none.
        package var registration: DigoRegistration?

        /// Messages of a sender.
        package init(from: String? = nil) { self.from = from }
    }

    private let requests: DigoMessageRequests
    private let exchange: PlatformExchange
    private let settings: Settings
    private let sent: DigoSentMessages
    private let makeTransaction: @Sendable () throws -> String

    /// A sender in the name of an account.
    ///
    /// - Parameters:
    ///   - requests: the account's.
    ///   - exchange: sends them.
    ///   - settings: what is the same for every message.
    ///   - sent: where messages are noted.
    ///   - makeTransaction: makes our id of a message; random unless given.
    package init(
        _ requests: DigoMessageRequests,
        exchange: PlatformExchange,
        settings: Settings = Settings(),
        sent: DigoSentMessages = DigoSentMessages(),
        makeTransaction: @escaping @Sendable () throws -> String = { try DigoMessages.randomTransaction() }
    ) {
        self.requests = requests
        self.exchange = exchange
        self.settings = settings
        self.sent = sent
        self.makeTransaction = makeTransaction
    }

    /// Sends a message.
    ///
    /// - Returns: our id of it, and the platform's.
    /// - Throws: ``PlatformRequestError``, ``PlatformCallError``, `CancellationError`.
    package func send(_ message: TextMessage) async throws -> SentMessage {
        guard let from = message.from ?? settings.from else {
            throw PlatformRequestError("from", "name the registered sender")
        }
        let to = settings.numbering?.normalized(message.to) ?? message.to
        var full = DigoMessage(from: from, to: to, text: message.text, transaction: try makeTransaction())
        full.purpose = settings.purpose
        full.shortensLinks = settings.shortensLinks
        full.report = settings.report
        full.registration = settings.registration
        return try await send(full)
    }

    /// Sends a message with all its fields.
    ///
    /// - Throws: as ``send(_:)-(TextMessage)``.
    package func send(_ message: DigoMessage) async throws -> SentMessage {
        let plan = try requests.send(message)
        // A report may come before the answer does.
        sent.note(message.transaction, to: message.to)
        let json = try await exchange.json(of: plan, DigoMessageRequests.platform) { [requests] in
            requests.outcome(of: $0)
        }
        return SentMessage(id: message.transaction, platformID: json?["id"]?.text)
    }

    /// Sends messages to many.
    ///
    /// - Returns: our id of the campaign, and the platform's if it gives one.
    /// - Throws: as ``send(_:)-(TextMessage)``.
    package func notify(_ campaign: DigoCampaign) async throws -> SentMessage {
        let plan = try requests.notify(campaign)
        sent.note(campaign.transaction, to: nil)
        let json = try await exchange.json(of: plan, DigoMessageRequests.platform) { [requests] in
            requests.outcome(ofNotify: $0)
        }
        return SentMessage(id: campaign.transaction, platformID: json?["id"]?.text)
    }

    /// A random id: 32 hexadecimal digits.
    ///
    /// - Throws: `DigestError` when the system has no randomness.
    package static func randomTransaction() throws -> String {
        try SecureRandom.bytes(16).reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
    }
}
