// SPDX-License-Identifier: Apache-2.0

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A counting semaphore whose waits are measured by the clock that nobody sets.
///
/// Dispatch's waits on Linux until a time of day: one that is set back by an hour has a thread wait for an hour more.
///
/// Unchecked, because lock and condition are C's and raw: they are only used through their own functions, which may be called
/// from any thread, `count` only under the lock, and both are destroyed when nobody can use them any more.
@safe final class SteadySemaphore: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var count = 0

    /// A semaphore that nobody has signalled.
    init() {
        unsafe lock.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(lock, nil)
        unsafe condition.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_cond_init(condition, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe condition.deallocate()
        unsafe pthread_mutex_destroy(lock)
        unsafe lock.deallocate()
    }

    /// Wakes one that waits, or lets the next not wait.
    func signal() {
        unsafe pthread_mutex_lock(lock)
        count += 1
        unsafe pthread_cond_signal(condition)
        unsafe pthread_mutex_unlock(lock)
    }

    /// Waits until somebody signals, blocking, so many milliseconds at most; whether somebody did.
    func wait(milliseconds: Int) -> Bool {
        let end = RecordTime.monotonicNanoseconds() + Int64(max(0, milliseconds)) * 1_000_000
        var time = timespec()
        time.tv_sec = Int(end / 1_000_000_000)
        time.tv_nsec = Int(end % 1_000_000_000)
        unsafe pthread_mutex_lock(lock)
        defer { unsafe pthread_mutex_unlock(lock) }
        while count == 0 {
            guard unsafe pthread_cond_timedwait(condition, lock, &time) == 0 else { break }
        }
        guard count > 0 else { return false }
        count -= 1
        return true
    }
}
