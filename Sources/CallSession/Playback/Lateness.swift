// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio
import VoiceBridge

/// Finds out by how much the way from a live source to the caller has grown, and takes as much out of the audio.
///
/// A stall anywhere leaves its length behind in the queues, for a source in real time never lets them empty. What is never
/// less than the target over a quarter of a second is more than jitter needs: quiet audio is left out as soon as that is
/// known, and half of all audio when it has not helped within another quarter.
struct Lateness: Sendable {
    /// What may wait against jitter.
    private static let target: Duration = .milliseconds(60)
    /// What beyond that is let be.
    private static let tolerance: Duration = .milliseconds(20)
    /// Of a delay beyond this, three quarters of all audio are left out at once.
    private static let far: Duration = .milliseconds(400)
    private static let window: Duration = .milliseconds(250)
    /// Under this power, −50 dBFS, audio is quiet.
    private static let quiet: Float = 10_737

    private var windowEnd: CallInstant?
    private var least: Duration = .zero
    private var excess: Duration = .zero
    private var lateWindows = 0

    /// Begins anew with a source that had fallen silent.
    mutating func reset(at now: CallInstant) {
        windowEnd = now + Self.window
        least = .seconds(3_600)
        excess = .zero
        lateWindows = 0
    }

    /// Takes how much audio is under way just before more comes.
    mutating func note(_ depth: Duration, at now: CallInstant) {
        least = min(least, depth)
        guard let end = windowEnd, now >= end else { return }
        let isLate = least > Self.target + Self.tolerance
        excess = isLate ? least - Self.target : .zero
        lateWindows = isLate ? lateWindows + 1 : 0
        least = depth
        windowEnd = now + Self.window
    }

    /// Leaves out what it may of the audio that came; returns how many samples.
    mutating func shed(from writer: inout PlaybackWriter, sampleRate: Int, at now: CallInstant) -> Int {
        guard excess > .zero else { return 0 }
        let isQuiet = SampleSums(writer.samples.span).power < Self.quiet
        let isFar = excess > Self.far
        guard isQuiet || isFar || lateWindows > 1 else { return 0 }
        let late = Int(excess.wholeNanoseconds * Int64(sampleRate) / 1_000_000_000)
        let most = isQuiet ? writer.samples.count : isFar ? writer.samples.count * 3 / 4 : writer.samples.count / 2
        let count = min(late, most)
        guard count > 0 else {
            excess = .zero
            return 0
        }
        writer.leaveOut(count, fading: sampleRate / 200)
        excess -= .nanoseconds(Int64(count) * 1_000_000_000 / Int64(sampleRate))
        return count
    }
}
