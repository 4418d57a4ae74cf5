// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LoadTesting
import Testing
import VoiceBridgeTesting

@testable import voicebridge

@Suite("load")
struct LoadCommandTests {
    @Test("takes what a platform does")
    func plans() throws {
        let flags = ["ws://h/p", "--dialect", "exotel", "--calls", "7", "--rate", "3", "--for", "2.5", "--p99", "20ms"]
        let command = try LoadCommand.parse(flags)
        let plan = try command.plan()
        #expect(plan.calls == 7)
        #expect(plan.rate == 3)
        #expect(plan.duration == .seconds(2.5))
        #expect(plan.call.frameMilliseconds == 100)
        #expect(plan.call.format == .pcm8kHz)
        #expect(plan.callLength == nil)
        #expect(command.p99?.duration == .milliseconds(20))
    }

    @Test(
        "refuses what cannot be",
        arguments: [
            ["http://h/"], ["ws://h/", "--calls", "0"], ["ws://h/", "--calls", "20001"], ["ws://h/", "--rate", "0"],
            ["ws://h/", "--for", "0"], ["ws://h/", "--frame-ms", "30"], ["ws://h/", "--p99", "20"],
            ["ws://h/", "--sample-rate", "7000"], ["ws://h/", "--threads", "0"], ["ws://h/", "--header", "x"],
            ["ws://h/", "--find-capacity", "--call-seconds", "1"],
        ]
    )
    func refuses(flags: [String]) {
        #expect(throws: (any Error).self) { try LoadCommand.parse(flags) }
    }

    @Test(
        "reads durations",
        arguments: [("500us", 0.000_5), ("20ms", 0.02), ("1.5s", 1.5), ("3599s", 3_599)]
    )
    func durations(text: String, seconds: Double) {
        #expect(DurationArgument(argument: text)?.duration == .seconds(seconds))
    }

    @Test("reads no others", arguments: ["", "20", "ms", "0ms", "-1s", "3600s", "1h", "nan s", "infs"])
    func noDurations(text: String) {
        #expect(DurationArgument(argument: text) == nil)
    }
}
