// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// How many files and sockets the process may have open.
enum DescriptorLimit {
    /// Raises the limit as far as the system lets this user: shells hand on 1,024, fewer than the calls of one server.
    static func raise() {
        #if canImport(Musl)
        let resource = RLIMIT_NOFILE
        #else
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #endif
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        // Refused, the old limit holds, as it did before.
        _ = unsafe setrlimit(resource, &limit)
    }
}
