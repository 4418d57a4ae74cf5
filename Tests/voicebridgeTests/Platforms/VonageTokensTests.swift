// SPDX-License-Identifier: Apache-2.0
import CallModel
import Synchronization
import TestSupport
import Testing

@testable import voicebridge

/// A token is used for four of its five minutes.
@Suite struct VonageTokensTests {
    /// Seconds that a test sets.
    final class Seconds: Sendable {
        let value = Mutex(1_700_000_000)

        func move(by seconds: Int) { value.withLock { $0 += seconds } }
    }

    @Test(arguments: [(0, true), (239, true), (240, false), (86_400, false), (-1, false)])
    func `A token is used until it is old, or the clock was set back`(later: Int, isSame: Bool) throws {
        let clock = Seconds()
        let key = try #require(ThrowawayKey())
        let tokens = try VonageTokens(application: "a1", key: Secret(key.pem)) { clock.value.withLock { $0 } }
        let first = try #require(tokens.current())
        clock.move(by: later)
        let next = try #require(tokens.current())
        #expect((next.reveal() == first.reveal()) == isSame)
    }

    @Test func `A key that is none is told at once`() {
        #expect(throws: (any Error).self) { try VonageTokens(application: "a1", key: Secret("no key")) }
    }
}
