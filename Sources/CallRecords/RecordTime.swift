// SPDX-License-Identifier: Apache-2.0

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Times of day in records: milliseconds since 1970, in UTC, written as RFC 3339 has them.
package enum RecordTime {
    /// The system's time of day, which somebody may set.
    package static func now() -> Int64 { milliseconds(CLOCK_REALTIME) }

    /// Milliseconds since an origin of no meaning, which nobody sets.
    package static func monotonic() -> Int64 { milliseconds(CLOCK_MONOTONIC) }

    /// Nanoseconds of the clock that calls are timed by.
    static func monotonicNanoseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// `2026-03-01T09:05:07.250Z`.
    package static func text(_ time: Int64) -> String {
        let (days, milliseconds) = floorDivided(time, by: 86_400_000)
        let (year, month, day) = date(days)
        let seconds = milliseconds / 1_000
        let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(clock).\(padded(milliseconds % 1_000, 3))Z"
    }

    /// Year, month and day of the proleptic Gregorian calendar, so many days after 1970-01-01.
    ///
    /// Years are counted from March, so that a leap day is the last of its year, in eras of 400 years.
    private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivided(days + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }

    private static func floorDivided(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
