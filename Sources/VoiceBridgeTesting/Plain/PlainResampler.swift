// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Converts a whole recording to another rate, offline: windowed sinc, 64 crossings a side, double precision.
///
/// Only prepares a caller's recording before a call; it is not fast and keeps no state.
public enum PlainResampler {
    /// `samples` at `target` samples per second; the count is exact to one sample.
    public static func convert(_ samples: [Int16], from source: Int, to target: Int) -> [Int16] {
        guard source != target, source > 0, target > 0, !samples.isEmpty else { return samples }
        let divisor = greatestCommonDivisor(source, target)
        let up = target / divisor
        let down = source / divisor
        // The pass band ends where the slower of the two rates ends.
        let cutoff = min(1, Double(target) / Double(source))
        let reach = Int((64 / cutoff).rounded(.up))
        let bank = (0..<up).map { phase in taps(offset: Double(phase) / Double(up), cutoff: cutoff, reach: reach) }
        return (0..<samples.count * up / down).map { index in
            let taps = bank[index * down % up]
            let first = index * down / up - reach + 1
            var sum = 0.0
            for tap in max(0, -first)..<min(taps.count, samples.count - first) {
                sum += Double(samples[first + tap]) * taps[tap]
            }
            return Int16(max(-32_768, min(32_767, sum.rounded())))
        }
    }

    private static func taps(offset: Double, cutoff: Double, reach: Int) -> [Double] {
        let taps = (0..<2 * reach).map { tap -> Double in
            let distance = Double(tap - reach + 1) - offset
            let angle = Double.pi * distance * cutoff
            let sinc = angle == 0 ? 1 : sin(angle) / angle
            let window = 0.5 + 0.5 * cos(Double.pi * distance / Double(reach))
            return abs(distance) < Double(reach) ? sinc * window : 0
        }
        let gain = taps.reduce(0, +)
        return taps.map { $0 / gain }
    }

    private static func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : greatestCommonDivisor(right, left % right)
    }
}
