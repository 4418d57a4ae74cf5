// SPDX-License-Identifier: Apache-2.0

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Descriptors that connections from outside may not have: with none left, recordings of calls that are up could not begin,
/// webhooks not be sent, and whoever asks on the admin port how the server is would get no answer and end it.
struct SpareDescriptors: Sendable {
    /// Whether a connection more may be taken.
    let areLeft: @Sendable () -> Bool

    /// For those for whom the others are kept.
    static let all = SpareDescriptors { true }

    /// How many of so many are kept: a sixteenth, 32 at least, 1,024 at most.
    static func reserve(of limit: Int) -> Int { min(1_024, max(32, limit / 16)) }

    /// Those of this process, by the limit that it has when it is asked.
    static let ofProcess = SpareDescriptors {
        guard let current = DescriptorLimit.current, let limit = Int(exactly: current) else { return true }
        // The system hands out the lowest that is free (open(2)): all below it are taken.
        let lowest = unsafe open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lowest >= 0 else { return errno != EMFILE && errno != ENFILE }
        close(lowest)
        return Int(lowest) < limit - reserve(of: limit)
    }
}
