// SPDX-License-Identifier: Apache-2.0

/// Acts on a call out of band, where a platform has no message for it on the socket.
public protocol CallControl: Sendable {
    /// Ends the call. A call that is already over counts as ended.
    func hangUp(_ call: CallStart) async throws
    /// Connects the caller elsewhere. Throws when the platform refuses or does not answer in time.
    func transfer(_ call: CallStart, to target: TransferTarget) async throws
}
