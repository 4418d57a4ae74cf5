// SPDX-License-Identifier: Apache-2.0

/// What a platform's wire can carry.
///
/// A bot finds it as `capabilities` of its call;
/// what is not in it throws.
public struct DialectCapabilities: Sendable, Equatable {
    /// What it means to the caller when our side closes the socket first.
    public enum CloseMeaning: String, Sendable {
        /// The call ends.
        case hangUp
        /// The platform goes on with what its flow has next.
        case nextStep
        /// The platform connects again.
        case reconnect
        /// The platform's documents do not say.
        case unknown
    }

    /// Whether queued audio can be taken back on the platform's side.
    public var clear: Bool
    /// Whether the platform echoes marks.
    public var marks: Bool
    /// Whether the platform tells of keys the caller presses.
    public var receivesDigits: Bool
    /// Whether keys can be sent down the line.
    public var sendDigits: Bool
    /// Whether the call can be ended on the socket.
    public var hangUp: Bool
    /// Kinds of transfer that the wire carries.
    public var transfers: Set<TransferTarget.Kind>
    /// What closing the socket means.
    public var closeMeaning: CloseMeaning

    /// What a platform's wire can carry.
    ///
    /// - Parameters:
    ///   - clear: whether queued audio can be taken back.
    ///   - marks: whether marks are echoed.
    ///   - receivesDigits: whether the platform tells of keys the caller presses.
    ///   - sendDigits: whether keys can be sent.
    ///   - hangUp: whether the call can be ended on the socket.
    ///   - transfers: kinds of transfer on the socket.
    ///   - closeMeaning: what closing the socket means.
    public init(
        clear: Bool,
        marks: Bool,
        receivesDigits: Bool = true,
        sendDigits: Bool,
        hangUp: Bool,
        transfers: Set<TransferTarget.Kind>,
        closeMeaning: CloseMeaning
    ) {
        self.clear = clear
        self.marks = marks
        self.receivesDigits = receivesDigits
        self.sendDigits = sendDigits
        self.hangUp = hangUp
        self.transfers = transfers
        self.closeMeaning = closeMeaning
    }
}
