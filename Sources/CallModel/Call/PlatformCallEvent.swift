// SPDX-License-Identifier: Apache-2.0

/// What a platform told about a call beside its socket, in a request of its own: a ring, an answer, a hang-up, a status.
public struct PlatformCallEvent: Sendable, Equatable {
    /// How a call that is told of stands with this server.
    public enum Standing: String, Sendable {
        /// It is up.
        case live
        /// It was here, and is over.
        case finished
        /// It was not here, or long ago: it has no socket yet, or never gets one.
        case unknown
    }

    /// The call.
    public let call: CallID
    /// The platform's name.
    public let platform: String
    /// The event as the platform names it, such as `call.ringing`; at most 64 bytes.
    public let name: String
    /// Whether a later one of the same call came before it.
    public let isOutOfOrder: Bool
    /// Everything else that was told, as text by name.
    ///
    /// Telephone numbers and digits may be in it: it is for records.
    public let details: [String: String]

    /// An event.
    ///
    /// - Parameters:
    ///   - call: the call.
    ///   - platform: the platform's name.
    ///   - name: what the platform calls the event; cut at 64 bytes.
    ///   - isOutOfOrder: whether a later one came before it.
    ///   - details: everything else that was told.
    public init(
        call: CallID,
        platform: String,
        name: String,
        isOutOfOrder: Bool = false,
        details: [String: String] = [:]
    ) {
        self.call = call
        self.platform = platform
        self.name = name.prefixed(toBytes: 64)
        self.isOutOfOrder = isOutOfOrder
        self.details = details
    }
}
