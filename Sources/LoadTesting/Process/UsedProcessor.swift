// SPDX-License-Identifier: Apache-2.0

/// What a process used over a stretch of time.
package struct UsedProcessor: Sendable, Equatable {
    /// Seconds of processor time in the program.
    package var user: Double
    /// Seconds of processor time in the kernel.
    package var system: Double
    /// How long the stretch was, in seconds.
    package var seconds: Double
    /// What the process held at its end.
    package var end: ProcessUsage
    /// The most memory that was seen, in KiB.
    package var mostMemory: Int

    init(from start: ProcessUsage, to end: ProcessUsage, seconds: Double, mostMemory: Int) {
        user = end.user - start.user
        system = end.system - start.system
        self.seconds = seconds
        self.end = end
        self.mostMemory = max(mostMemory, end.memory)
    }

    /// Cores in use, on the average.
    package var cores: Double { seconds > 0 ? (user + system) / seconds : 0 }

    /// Microseconds for each of so many frames; nil for none.
    package func microseconds(perFrameOf frames: Int) -> Double? {
        frames > 0 ? (user + system) / Double(frames) * 1e6 : nil
    }
}
