// SPDX-License-Identifier: Apache-2.0

/// What came of sending an event.
enum DeliveryOutcome: Sendable, Equatable {
    /// The endpoint answered with success.
    case delivered(status: Int)
    /// It did not: why, and how many milliseconds it wants to be left alone.
    case failed(String, asked: Int64? = nil)
    /// This side stopped before there was an answer.
    case stopped
}
