// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@testable import CallRecords

/// Filters, CSV and JSON Lines.
@Suite struct ExportTests {
    private static func record(_ values: [String: CallRecord.Value]) -> CallRecord {
        CallRecord(values: RecordColumn.all.map { values[$0.name] ?? .none })
    }

    /// The fields of a line that hold something.
    private static func csv(_ text: String) -> String {
        let line = RecordCSV.line(record(["from": .text(text)]))
        return String(line.dropLast().drop { $0 == "," }.reversed().drop { $0 == "," }.reversed())
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""),
        ("cr\rlf", "\"cr\rlf\""), ("crlf\r\n", "\"crlf\r\n\""), ("+915550100", "+915550100"), ("-5", "-5"),
        ("=1+1", "'=1+1"), ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"), ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"), ("\tx", "'\tx"), ("mañana", "mañana"),
    ])
    func `Fields are quoted as RFC 4180 says, and are no formulas`(text: String, field: String) {
        #expect(Self.csv(text) == field)
    }

    @Test func `A line has every column, and ends with CR LF`() {
        let names = RecordCSV.head
        #expect(
            names.hasPrefix("id,state,call_id,stream_id,")
                && names.hasSuffix(",recording,recording_ms,recording_whole\r\n")
        )
        let line = RecordCSV.line(Self.record(["turns": .list("[{\"a\":1}]"), "bot_overdue": .flag(true)]))
        #expect(line.utf8.filter { $0 == UInt8(ascii: ",") }.count == RecordColumn.all.count - 1)
        #expect(line.contains("\"[{\"\"a\"\":1}]\"") && line.contains(",true,") && line.hasSuffix("\r\n"))
    }

    @Test func `A record as JSON has every column, with its type`() throws {
        let text = RecordJSON.object(
            Self.record([
                "id": .integer(7), "from": .text("a\"b\\c\n\u{1}"), "made_up_id": .flag(false),
                "out_of_band": .list(#"[{"ms":5}]"#),
            ])
        )
        #expect(!text.contains("\n"))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object.count == RecordColumn.all.count)
        #expect(object["id"] as? Int == 7 && object["from"] as? String == "a\"b\\c\n\u{1}")
        #expect(object["made_up_id"] as? Bool == false && object["ended_at"] is NSNull)
        #expect((object["out_of_band"] as? [[String: Int]])?.first == ["ms": 5])
    }

    @Test func `Filters choose, and a limit gives the latest in order`() throws {
        let recording = try Recording()
        let store = try RecordStore(path: recording.path, now: 0)
        for number in Int64(1)...6 {
            let start = Recording.start(number == 6 ? "3" : "call-\(number)", from: "+\(number)")
            let route = number.isMultiple(of: 2) ? "/even" : "/odd"
            let call = CallBeginning(start, number: number, route: route, bot: "echo", at: number * 1_000)
            try store.write([.began(call)], now: 0)
        }
        func ids(_ change: (inout RecordFilter) -> Void) throws -> [String] {
            var filter = RecordFilter()
            change(&filter)
            return try recording.records(filter).map { $0[column: "id"].text }
        }
        #expect(try ids { _ in } == ["1", "2", "3", "4", "5", "6"])
        #expect(try ids { $0.since = 3_000 } == ["3", "4", "5", "6"])
        #expect(try ids { $0.until = 3_000 } == ["1", "2"])
        #expect(try ids { $0.route = "/even" } == ["2", "4", "6"])
        #expect(try ids { $0.number = "+5" } == ["5"])
        #expect(try ids { $0.number = "204" }.count == 6)
        #expect(try ids { $0.state = "ended" } == [])
        #expect(try ids { $0.limit = 2 } == ["5", "6"])
        #expect(try ids { $0.id = "call-4" } == ["4"])
        // A number may be a record's, or a call's by the platform.
        #expect(try ids { $0.id = "3" } == ["3", "6"])
        #expect(try ids { $0.id = "x' OR 1 --" } == [])
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_772_355_907_250, "2026-03-01T09:05:07.250Z"),
            (1_709_164_799_999, "2024-02-28T23:59:59.999Z"), (1_709_208_000_000, "2024-02-29T12:00:00.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)]
    )
    func `Times are written as RFC 3339 has them`(time: Int64, text: String) {
        #expect(RecordTime.text(time) == text)
    }
}
