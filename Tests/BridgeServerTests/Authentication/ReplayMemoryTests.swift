// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BridgeServer

/// What may be used once.
@Suite struct ReplayMemoryTests {
    /// One use after the other: its names, until when it is good, when it comes, and whether it is taken.
    struct Step: Sendable {
        var names: [String]
        var until: Int
        var now: Int
        var isTaken: Bool

        init(_ names: String..., until: Int, now: Int, _ isTaken: Bool) {
            self.names = names
            self.until = until
            self.now = now
            self.isTaken = isTaken
        }
    }

    static let untilNoGood = [
        Step("a", until: 10, now: 1, true),
        Step("a", until: 10, now: 1, false),
        Step("a", until: 10, now: 9, false),
        Step("b", until: 20, now: 10, true),
    ]
    static let allOrNone = [
        Step("a", until: 10, now: 1, true),
        Step("b", "a", until: 10, now: 1, false),
        Step("b", until: 10, now: 1, true),
    ]
    static let full = [
        Step("a", until: 10, now: 1, true),
        Step("b", until: 20, now: 1, true),
        Step("c", until: 20, now: 9, false),
        Step("c", until: 20, now: 10, true),
        Step("b", until: 20, now: 19, false),
    ]

    @Test(arguments: [(untilNoGood, 1), (allOrNone, 2), (full, 2)])
    func `A use is refused until it is no good anyway, and where there is no room`(steps: [Step], left: Int) {
        var memory = ReplayMemory(capacity: 2)
        let taken = steps.map { step in
            memory.use(step.names.map { OneTimeUse(name: $0, until: step.until) }, now: step.now)
        }
        #expect(taken == steps.map(\.isTaken))
        #expect(memory.count == left)
    }
}
