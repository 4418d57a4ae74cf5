// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import CallRecords

@Suite struct PresumedTimeTests {
    @Test func `A clock that is set ahead makes nothing old, one that is set back makes nothing older`() {
        let times = Mutex((now: Int64(1_772_000_000_000), monotonic: Int64(5_000)))
        var clock = RecordClock()
        clock.now = { times.withLock { $0.now } }
        clock.monotonic = { times.withLock { $0.monotonic } }
        let presumed = clock.presumed()
        #expect(presumed() == 1_772_000_000_000)
        times.withLock { $0 = (now: $0.now + 60_000, monotonic: $0.monotonic + 60_000) }
        #expect(presumed() == 1_772_000_060_000)
        // A year ahead: a minute has passed, whatever they say.
        times.withLock { $0.now += 31_536_000_000 }
        #expect(presumed() == 1_772_000_060_000)
        times.withLock { $0.now -= 2 * 31_536_000_000 }
        #expect(presumed() == 1_772_000_060_000 - 31_536_000_000)
    }
}
