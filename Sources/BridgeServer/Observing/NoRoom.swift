// SPDX-License-Identifier: Apache-2.0

/// Why a keeper has no room for a call, which is refused with 503 then.
public struct NoRoom: Error, Sendable, Equatable {
    /// The word under which the refusal is counted and logged.
    public let reason: String
    /// What the refused side is told.
    public let text: String

    /// No room, for a reason of the keeper's own.
    ///
    /// - Parameters:
    ///   - reason: a word of a small set.
    ///   - text: a sentence for the refused side.
    public init(reason: String, text: String) {
        self.reason = reason
        self.text = text
    }

    /// Too many records of calls wait to be written.
    public static let records = NoRoom(reason: "records_full", text: "there is no room for the call's record")
    /// Too many events of calls wait to be put into the spool of webhooks.
    public static let webhooks = NoRoom(reason: "webhooks_full", text: "there is no room for the call's events")
}
