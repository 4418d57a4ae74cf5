// SPDX-License-Identifier: Apache-2.0

/// What the protocol wants us to answer, whatever the bot does.
enum GenesysReply: Sendable, Equatable {
    /// To `open`: the stream that is taken.
    case opened(GenesysMedia)
    /// To `ping`.
    case pong
    /// To `update`.
    case updated
    /// To `close`; nothing may follow it.
    case closed
    /// To what breaks the protocol: the end, and why.
    case disconnect(info: String)
}
