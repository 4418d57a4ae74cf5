// SPDX-License-Identifier: Apache-2.0

/// Bounds of Real-Time.
package struct CALLRLimits: Sendable, Equatable {
    /// Calls that run at a time, at least 1.
    ///
    /// Default 1,000; one more is hung up.
    package var calls = 1_000
    /// How long a request waits for the program.
    ///
    /// Default 4 s: the platform waits 5 s, and the way takes time.
    package var deadline = Duration.seconds(4)
    /// How long a command may take, unless people talk until it is over.
    ///
    /// Default 10 min; then the call counts as lost.
    package var patience = Duration.seconds(600)
    /// How long a call may take, with what people talk after being connected.
    ///
    /// Default 4 h.
    package var longest = Duration.seconds(4 * 3_600)
    /// Most bytes of a request.
    ///
    /// Default 64 KiB; a larger one is refused (413).
    package var body = 64 << 10

    /// The defaults.
    package init() {}
}
