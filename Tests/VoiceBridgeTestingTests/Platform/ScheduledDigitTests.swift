// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

@Suite struct ScheduledDigitTests {
    @Test(arguments: [
        ("1@2.0,#@3.5", ["1 2000", "# 3500"]), ("A@0", ["A 0"]), ("2@5,*@0.25", ["* 250", "2 5000"]),
    ])
    func `schedules are read`(text: String, expected: [String]) throws {
        let digits = try ScheduledDigit.schedule(text)
        #expect(digits.map { "\($0.digit) \(Int($0.time / .milliseconds(1)))" } == expected)
    }

    @Test(arguments: [
        "", "1", "1@", "@1", "12@1", "E@1", "1@x", "1@-1", "1@nan", "1@inf", "1@2@3", "1@2,", "a@1", "1@99999999",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: ScheduledDigit.Fault.self) { try ScheduledDigit.schedule(text) }
    }
}
