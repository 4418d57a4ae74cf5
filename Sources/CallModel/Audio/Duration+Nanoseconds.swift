// SPDX-License-Identifier: Apache-2.0

extension Duration {
    /// The duration in whole nanoseconds, cut towards zero, held at the ends of `Int64` (292 years).
    package var wholeNanoseconds: Int64 {
        // Up to nine seconds, which most are, one word holds them, and dividing it is cheap.
        if let attoseconds = Int64(exactly: attoseconds) { return attoseconds / 1_000_000_000 }
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds > 0 ? .max : .min }
        let (sum, sumOverflow) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return sumOverflow ? (seconds > 0 ? .max : .min) : sum
    }

    /// The duration in whole milliseconds, cut towards zero.
    package var wholeMilliseconds: Int64 { wholeNanoseconds / 1_000_000 }
}
