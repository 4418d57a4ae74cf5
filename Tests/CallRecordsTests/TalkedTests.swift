// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import Synchronization
import Testing

@testable import CallRecords

/// How long calls lasted since a time, as a server asks when it begins.
@Suite struct TalkedTests {
    private static let day: Int64 = 1_795_305_600_000

    /// Records calls, each from a time to a time in seconds after the day's beginning, on a route.
    private func talked(_ calls: [(from: Int64, to: Int64, route: String)]) throws -> [TalkedTime] {
        var recording = try Recording()
        let time = SharedTime()
        recording.clock.now = { time.value }
        let recorder = try recording.recorder(calls: calls.count)
        for (number, call) in calls.enumerated() {
            time.value = Self.day + call.from * 1_000
            let observer = try recorder.begin(Recording.start("\(number)"), route: call.route)
            time.value = Self.day + call.to * 1_000
            observer.end("\(number)")
        }
        #expect(recorder.close())
        let again = try recording.recorder()
        defer { again.close() }
        return try again.talked(since: Int(Self.day / 1_000))
    }

    private final class SharedTime: Sendable {
        private let time = Mutex(TalkedTests.day)
        var value: Int64 {
            get { time.withLock { $0 } }
            set { time.withLock { $0 = newValue } }
        }
    }

    @Test func `Lengths are added up by route, and of a call over the day's beginning what lies after it`() throws {
        let lengths = try talked([
            (from: 10, to: 70, route: "/a"), (from: 100, to: 101, route: "/a"), (from: 5, to: 35, route: "/b"),
            (from: -600, to: 20, route: "/a"), (from: -600, to: -1, route: "/b"),
            (from: -90_000, to: 1_000, route: "/b"),
        ])
        #expect(
            lengths == [
                TalkedTime(route: "/a", milliseconds: 81_000), TalkedTime(route: "/b", milliseconds: 30_000),
            ]
        )
    }
}
