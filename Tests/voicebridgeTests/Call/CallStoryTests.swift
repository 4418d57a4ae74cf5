// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import VoiceBridgeTesting
@testable import voicebridge

@Suite("voicebridge call: what is shown")
struct CallStoryTests {
    private func entry(
        _ milliseconds: Int,
        _ direction: TimelineEntry.Direction,
        _ text: String
    ) -> TimelineEntry {
        TimelineEntry(time: .milliseconds(milliseconds), direction: direction, text: text)
    }

    @Test("the story leaves out marks, underruns, garbage and all but the first audio")
    func story() {
        var story = CallStory()
        let entries = [
            entry(0, .sent, "start"), entry(37, .received, "audio begins"), entry(100, .sent, "mark a"),
            entry(200, .inside, "underrun of 3 ms"), entry(300, .sent, "garbage"),
            entry(12_345, .received, "audio begins"),
            entry(62_001, .received, "audio.clear"), entry(62_002, .violation, "keys: \u{1B}[2J"),
        ]
        #expect(
            entries.compactMap { story.line($0) } == [
                "   0.000 s  -> start", "   0.037 s  <- audio begins", "  62.001 s  <- audio.clear",
                "  62.002 s  !! keys:  [2J",
            ]
        )
    }

    @Test("a long story is cut, its violations are not")
    func longStory() {
        var story = CallStory()
        let lines = (0..<100).compactMap { story.line(entry($0, .received, "audio.clear")) }
        #expect(lines.count == 40)
        #expect(story.line(entry(100, .violation, "x")) != nil)
    }

    @Test(
        "the meter has a bar for each 6 dB",
        arguments: [
            (0, "|          |"), (1, "|          |"), (64, "|#         |"), (1_000, "|####      |"),
            (16_384, "|######### |"), (32_767, "|######### |"), (32_768, "|##########|"),
        ]
    )
    func meter(_ peak: Int, _ expected: String) {
        #expect(CallPicture.meter(peak) == expected)
    }

    @Test("the picture fits a terminal of 80 columns")
    func picture() {
        let progress = SimulatedCallProgress(
            time: .seconds(86_399),
            callerPeak: 32_768,
            heardPeak: 20_000,
            buffered: .seconds(99),
            framesSent: 1,
            framesReceived: 1,
            underruns: 1_000_000_000,
            news: []
        )
        #expect(CallPicture.line(progress).count <= 79)
        let usual = SimulatedCallProgress(
            time: .milliseconds(12_340),
            callerPeak: 1_000,
            heardPeak: 0,
            buffered: .milliseconds(180),
            framesSent: 1,
            framesReceived: 1,
            underruns: 0,
            news: []
        )
        #expect(
            CallPicture.line(usual) == "  12.3 s  caller |####      |  bot |          |    180 ms wait  0 underruns"
        )
    }

    @Test(
        "numbers are rounded, not cut",
        arguments: [
            (0.0, 3, "0.000"), (1.9996, 3, "2.000"), (12.05, 1, "12.1"), (0.05, 3, "0.050"), (-0.5, 1, "-0.5"),
            (7.6, 0, "8"),
        ]
    )
    func fixed(_ value: Double, _ digits: Int, _ expected: String) {
        #expect(CallStory.fixed(value, digits) == expected)
    }

    @Test("the counts of a call")
    func summary() {
        var result = SimulatedCallResult(failure: "")
        (result.endedBy, result.endReason, result.duration) = (.bot, "transfer", .milliseconds(6_240))
        (result.framesSent, result.framesReceived, result.firstAudio) = (312, 290, .milliseconds(43))
        (result.playback.heard, result.playback.underruns, result.playback.underrunSamples) = (44_800, 2, 100)
        result.playback.interruptions = 1
        #expect(
            CallStory.summary(result) == """
                ended by bot (transfer) after 6.2 s
                312 frames sent, 290 received, first audio after 43 ms, 5.6 s heard
                2 underruns (13 ms), 1 interruptions
                """
        )
        result.ownDelay = .milliseconds(50)
        #expect(
            CallStory.summary(result).hasSuffix("\nthis machine is busy: the simulator itself was up to 50 ms late")
        )
    }
}
