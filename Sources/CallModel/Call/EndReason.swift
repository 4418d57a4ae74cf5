// SPDX-License-Identifier: Apache-2.0

/// Why a call ended, as it stands in logs and records.
public struct EndReason: Sendable, Hashable {
    /// Which side ended the call.
    public enum Side: String, Sendable {
        /// The caller or the platform left.
        case caller
        /// The bot hung up, transferred or returned.
        case bot
        /// The server ended it: a limit, a drain, a timer.
        case server
        /// Something broke: protocol, network, bot.
        case error
    }

    /// Which side ended the call.
    public let side: Side
    /// One of a small set of words, fit for a metric's label, such as `hangup` or `connection_lost`.
    public let code: String
    /// More for people, such as the platform's own reason; at most 256 bytes.
    public let detail: String?

    /// A reason.
    ///
    /// - Parameters:
    ///   - side: which side ended the call.
    ///   - code: one word of a small set.
    ///   - detail: more for people; cut at 256 bytes.
    public init(side: Side, code: String, detail: String? = nil) {
        self.side = side
        self.code = code
        self.detail = detail?.prefixed(toBytes: 256)
    }
}

extension EndReason: CustomStringConvertible {
    /// `bot: hangup (good night)`.
    public var description: String {
        detail.map { "\(side.rawValue): \(code) (\($0))" } ?? "\(side.rawValue): \(code)"
    }
}
