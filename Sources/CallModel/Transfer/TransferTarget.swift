// SPDX-License-Identifier: Apache-2.0

/// Where a caller is transferred to.
///
/// Which kinds work depends on the platform: see ``DialectCapabilities``.
public enum TransferTarget: Sendable, Equatable {
    /// How several phones are rung.
    public enum RingStrategy: String, Sendable {
        /// All at once; the first to answer gets the call.
        case simultaneous
        /// One after another.
        case sequential
    }

    /// One telephone number, with or without `+`; spaces and hyphens are removed.
    case phone(String)
    /// Several telephone numbers.
    case phones([String], strategy: RingStrategy)
    /// An extension of the platform's switchboard.
    case `extension`(String)
    /// A flow or queue of the platform, by its id.
    case flow(String)
    /// Another bot, by its `wss` URL.
    case bot(url: String)
    /// A SIP URI, `sip:…` or `sips:…`.
    case sip(uri: String)

    /// The kind alone, for capabilities, metrics and errors.
    public enum Kind: String, Sendable, CaseIterable {
        /// One telephone number.
        case phone
        /// Several telephone numbers.
        case phones
        /// An extension.
        case `extension`
        /// A flow or queue.
        case flow
        /// Another bot.
        case bot
        /// A SIP URI.
        case sip
    }

    /// The target's kind.
    public var kind: Kind {
        switch self {
        case .phone: .phone
        case .phones: .phones
        case .extension: .extension
        case .flow: .flow
        case .bot: .bot
        case .sip: .sip
        }
    }
}
