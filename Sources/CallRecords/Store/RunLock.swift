// SPDX-License-Identifier: Apache-2.0

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A file beside the database that is locked for as long as one run of the program lives, however it ends: the system lets
/// go of the lock, so that who comes later can tell a dead run from one that still drains.
package final class RunLock: Sendable {
    private let path: String
    private let descriptor: Int32

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Locks the file of a run; nil when another process has it, or the system cannot tell.
    package static func take(database: String, run: Int64) -> RunLock? { take(path: "\(database)-run-\(run)") }

    /// Locks a file, which is made; nil when another process has it, or the system cannot tell.
    package static func take(path: String) -> RunLock? {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        // Whoever had it may have taken the file away in between: then it is another's that is locked.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isFile(path, descriptor) else {
            close(descriptor)
            return nil
        }
        return RunLock(path: path, descriptor: descriptor)
    }

    private static func isFile(_ path: String, _ descriptor: Int32) -> Bool {
        var (named, open) = (stat(), stat())
        guard unsafe stat(path, &named) == 0, unsafe fstat(descriptor, &open) == 0 else { return false }
        return named.st_dev == open.st_dev && named.st_ino == open.st_ino
    }

    /// Takes the file away, and with it the lock.
    deinit {
        unsafe unlink(path)
        close(descriptor)
    }
}
