// SPDX-License-Identifier: Apache-2.0

/// An event on its way to one endpoint.
package struct SpooledEvent: Sendable, Equatable {
    /// Its number in the spool, in the order in which events happened.
    package var number: Int64
    /// The endpoint's name.
    package var endpoint: String
    /// The event's id.
    package var eventID: String
    /// What happened.
    package var type: String
    /// The call.
    package var callID: String
    /// When it happened, in milliseconds since 1970.
    package var time: Int64
    /// Whether it is given up, until somebody has it tried again.
    package var isDead: Bool
    /// How often it was sent.
    package var tries: Int
    /// What came of the last time.
    package var trouble: String?
    /// What there is to say, as JSON.
    package var data: String
}
