// SPDX-License-Identifier: Apache-2.0

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// How many files and sockets the process may have open (getrlimit(2)).
package enum DescriptorLimit {
    #if canImport(Musl)
    private static let resource = RLIMIT_NOFILE
    #else
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #endif

    /// How many may be open now, and as how many this user may raise that to; nil where the system does not say.
    private static func read() -> rlimit? {
        var limit = rlimit()
        return unsafe getrlimit(resource, &limit) == 0 ? limit : nil
    }

    /// How many may be open; nil where the system does not say.
    package static var current: UInt64? { read().map { UInt64($0.rlim_cur) } }

    /// Raises the limit as far as the system lets this user: shells hand on 1,024, fewer than the calls of one server.
    package static func raise() {
        guard var limit = read(), limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        // Refused, the old limit holds, as it did before.
        _ = unsafe setrlimit(resource, &limit)
    }
}
