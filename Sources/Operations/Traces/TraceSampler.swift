// SPDX-License-Identifier: Apache-2.0

/// Decides which traces that begin here are recorded.
///
/// By the trace's id alone, so that every server with the same share decides alike.
struct TraceSampler: Sendable {
    /// Ids below it are recorded, of 2⁵⁶.
    private let threshold: UInt64

    /// Records a share of the traces, 0…1.
    init(share: Double) { threshold = UInt64(min(1, max(0, share)) * Double(1 << 56)) }

    /// Whether a trace is recorded: the last 56 bits of its id are random (W3C Trace Context, level 2, §3.2.2.3.1).
    func takes(_ id: TraceID) -> Bool { id.low & ((1 << 56) - 1) < threshold }
}
