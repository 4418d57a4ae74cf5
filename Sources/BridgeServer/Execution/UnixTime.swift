// SPDX-License-Identifier: Apache-2.0

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The time of day, for what others date.
enum UnixTime {
    /// Seconds since 1970.
    static func seconds() -> Int { time(nil) }
}
