// SPDX-License-Identifier: Apache-2.0

/// What was measured on an event loop over a short time, usually a tenth of a second; times are nanoseconds.
struct LoopWindow: Sendable, Equatable {
    /// How long it was.
    var length: Int64
    /// How long the loop's thread had the processor; nil where that was not asked for.
    var processor: Int64?
    /// What messages and deadlines of calls that had started took, by the clock.
    var handling: Int64 = 0
    /// Audio that was taken in it, of all calls together.
    var heard: Int64 = 0
    /// Connections that came about.
    var openings = 0
    /// Calls as it began.
    var callsBefore = 0
    /// Calls as it ended.
    var callsAfter = 0
}
