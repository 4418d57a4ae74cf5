// SPDX-License-Identifier: Apache-2.0

/// What the bytes that a dialect wrote are: the kind of WebSocket message they go out in, or nothing at all.
package enum OutboundFrame: Sendable, Equatable {
    /// One text message.
    case text
    /// One binary message.
    case binary
    /// Nothing was written: this platform has no such message, or its option is off.
    case none
}
