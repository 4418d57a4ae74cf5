// SPDX-License-Identifier: Apache-2.0

/// From where on an event loop takes no more calls.
struct LoopLimits: Sendable, Equatable {
    /// How late it may be on average; nil for no limit.
    var lag: Duration?
    /// The share of its thread that calls may take, 0…1; nil for no limit.
    var busy: Double?
}
