// SPDX-License-Identifier: Apache-2.0

/// Counts bytes against the time at which they come, in windows of half a second.
///
/// The first window is left out, since what had been waiting comes at once. The median of the others stands against
/// a pause or a burst in one of them.
struct SampleClock: Sendable {
    private static let window: Int64 = 500_000
    private static let count = 15
    /// Windows that are needed for a verdict.
    private static let needed = 4

    private var rates = InlineArray<15, Double>(repeating: 0)
    private var windows = 0
    private var start: Int64?
    private var bytes = 0

    mutating func add(_ count: Int, at microseconds: Int64) {
        guard let begin = start else {
            (start, bytes) = (microseconds, count)
            return
        }
        let elapsed = microseconds - begin
        if elapsed >= Self.window {
            if windows > 0, windows <= Self.count {
                rates[windows - 1] = Double(bytes) * 1_000_000 / Double(elapsed)
            }
            windows += 1
            (start, bytes) = (microseconds, 0)
        }
        bytes += count
    }

    /// The median over the windows; nil while there are too few.
    var bytesPerSecond: Double? {
        let known = min(windows - 1, Self.count)
        guard known >= Self.needed else { return nil }
        return (0..<known).map { rates[$0] }.sorted()[known / 2]
    }
}
