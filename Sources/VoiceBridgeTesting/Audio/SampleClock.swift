// SPDX-License-Identifier: Apache-2.0

/// Turns time into samples and back, from one origin, in whole numbers.
struct SampleClock: Sendable {
    /// The time of sample 0.
    let origin: Duration
    /// Samples per second.
    let sampleRate: Int

    /// How many samples have begun by `now`; 0 before the origin.
    func position(at now: Duration) -> Int {
        let nanoseconds = (now - origin).nanoseconds
        guard nanoseconds > 0 else { return 0 }
        return Int((nanoseconds * Int64(sampleRate) + 999_999_999) / 1_000_000_000)
    }

    /// When sample `index` begins, to the nanosecond below.
    func time(of index: Int) -> Duration {
        origin + .nanoseconds(Int64(index) * 1_000_000_000 / Int64(sampleRate))
    }

    /// What `count` samples last.
    func duration(of count: Int) -> Duration {
        .nanoseconds(Int64(count) * 1_000_000_000 / Int64(sampleRate))
    }

    /// The samples in `duration`, rounded up.
    func samples(in duration: Duration) -> Int {
        SampleClock(origin: .zero, sampleRate: sampleRate).position(at: duration)
    }
}

extension Duration {
    /// The whole nanoseconds; good for 292 years.
    var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }

    /// Milliseconds, rounded to the nearest.
    package var roundedMilliseconds: Int {
        Int((nanoseconds + (nanoseconds < 0 ? -500_000 : 500_000)) / 1_000_000)
    }
}
