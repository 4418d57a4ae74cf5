// SPDX-License-Identifier: Apache-2.0

/// What a ``MessageReader`` has put together: a whole message or a control frame.
enum IncomingUnit: Sendable, Equatable {
    case text
    case binary
    case ping
    case pong
    case close
}
