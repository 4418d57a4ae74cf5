// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Words for the system's last error.
enum SystemError {
    /// What the last failed call of this thread says, such as "No such file or directory".
    static var text: String { unsafe String(cString: strerror(errno)) }
}
