// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// What a bot does once a reply was heard.
public enum ReplyAction: Sendable, Equatable {
    /// Connect the caller elsewhere.
    case transfer(TransferTarget)
    /// End the call.
    case hangUp
    /// Press keys on the call.
    case send(digits: String)
}
