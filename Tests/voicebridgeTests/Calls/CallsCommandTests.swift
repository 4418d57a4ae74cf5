// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallRecords
import Testing

@testable import voicebridge

@Suite struct CallsCommandTests {
    /// 2026-03-01T09:05:07.250Z.
    private static let now: Int64 = 1_772_355_907_250

    @Test(
        arguments: [
            ("2026-03-01", 1_772_323_200_000), ("2026-03-01T09:05:07Z", 1_772_355_907_000),
            ("2026-03-01T14:35:07+05:30", 1_772_355_907_000), ("2026-03-01T09:05:07.250Z", now), ("90s", now - 90_000),
            ("24h", now - 86_400_000), ("7d", now - 7 * 86_400_000), ("yesterday", nil), ("", nil), ("d", nil),
            ("2026-13-01", nil), ("2026-03-01T09", nil), ("-1d", nil), ("99999d", nil),
        ] as [(String, Int64?)]
    )
    func `Times are a day, a time, or a time ago`(text: String, time: Int64?) {
        #expect(RecordTimeArgument.read(text, now: Self.now) == time)
    }

    @Test(arguments: [
        (["list"], "give one of --records FILE and --config FILE"),
        (["list", "--records", "a", "--config", "b"], "give one of --records FILE and --config FILE"),
        (["list", "--records", "a", "--since", "soon"], "--since: 'soon' is no time"),
        (["list", "--records", "a", "--limit", "0"], "--limit: must be at least 1"),
        (["export", "--records", "a", "--until", "1x"], "--until: '1x' is no time"),
    ])
    func `Wrong use is named`(arguments: [String], words: String) throws {
        let error = #expect(throws: (any Error).self) { try CallsCommand.parseAsRoot(arguments) }
        #expect(CallsCommand.message(for: try #require(error)).contains(words))
    }

    private static func record(_ values: [String: CallRecord.Value]) -> CallRecord {
        CallRecord(values: RecordColumn.all.map { values[$0.name] ?? .none })
    }

    @Test func `A list has a line for each call under its head`() {
        let records = [
            Self.record(["id": .integer(9), "from": .text("+915550100"), "state": .text("live")]),
            Self.record(["id": .integer(10), "from": .text("a\u{1B}[2Jb"), "end_reason": .text("hangup")]),
        ]
        #expect(
            CallListing.table(of: records) == """
                id  started_at  duration_ms  from        to  route  bot  state  end_reason
                9   -           -            +915550100  -   -      -    live   -
                10  -           -            a [2Jb      -   -      -    -      hangup

                """
        )
    }

    @Test func `One call is shown by what is known of it`() {
        let record = Self.record(["id": .integer(9), "underrun_ms": .integer(0), "bot_error": .text("two\nlines")])
        #expect(CallListing.lines(of: record) == "id           9\nunderrun_ms  0\nbot_error    two lines\n")
    }
}
