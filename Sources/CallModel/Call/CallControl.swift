// SPDX-License-Identifier: Apache-2.0

/// Acts on a call out of band, where a platform has no message for it on the socket.
///
/// What it throws is told to the bot and to operators, so it should describe itself without numbers and secrets.
public protocol CallControl: Sendable {
    /// The kinds of transfer that the platform has.
    var transfers: Set<TransferTarget.Kind> { get }

    /// Says at once, without asking the platform, why it could not be asked for a transfer.
    ///
    /// Called on the call's event loop: it may not wait.
    ///
    /// - Throws: when the target is malformed, or the call cannot be named to the platform.
    func check(_ target: TransferTarget, for call: CallStart) throws

    /// Ends the call. A call that is already over counts as ended.
    func hangUp(_ call: CallStart) async throws
    /// Connects the caller elsewhere. Throws when the platform refuses or does not answer in time.
    func transfer(_ call: CallStart, to target: TransferTarget) async throws
}

extension CallControl {
    /// Finds nothing wrong.
    public func check(_ target: TransferTarget, for call: CallStart) throws {}
}
