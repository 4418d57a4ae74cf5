// SPDX-License-Identifier: Apache-2.0

/// A place in a stream as seconds.
struct StreamTime: CustomStringConvertible {
    /// Samples from the beginning.
    var sample: Int
    /// Hertz.
    var rate: Int

    /// Seconds with three decimals, rounded to nearest.
    var description: String {
        let milliseconds = (sample * 2000 + rate) / (2 * rate)
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }
}
