// SPDX-License-Identifier: Apache-2.0

/// A moment at which somebody asks to be let in, or leaves.
struct AdmissionTime: Sendable, Equatable {
    /// Nanoseconds of a clock that nobody sets; rates and lengths of calls are counted by it.
    var uptime: Int64
    /// Seconds since 1970, which say what day it is.
    var unixSeconds: Int
}
