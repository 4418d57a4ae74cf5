// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import PlatformAPIs
import Synchronization
import TestSupport
import Testing

@Suite("CALLR's Real-Time") struct CALLRRealTimeTests {
    /// Does commands in turn, and keeps what comes of them.
    final class Steps: CALLRApplication {
        let commands: [CALLRCommand]
        private let kept = Mutex<[String]>([])

        init(_ commands: [CALLRCommand]) { self.commands = commands }

        var lines: [String] { kept.withLock { $0 } }

        func run(on call: CALLRCall) async {
            for command in commands {
                do {
                    let result = try await call.perform(command)
                    kept.withLock { $0.append("\(command.name): \(result.error ?? result.text ?? "")") }
                } catch {
                    kept.withLock { $0.append("\(error)") }
                    if !(error is PlatformRequestError) { return }
                }
            }
        }
    }

    /// Goes on when it is let.
    final class Slow: CALLRApplication {
        let gate: HeldClock
        let time: Duration

        init(_ gate: HeldClock, _ time: Duration) { (self.gate, self.time) = (gate, time) }

        func run(on call: CALLRCall) async {
            try? await gate.sleep(for: time)
            _ = try? await call.perform(.play(.library(1)))
        }
    }

    /// What is reported, as words.
    final class Reports: Sendable {
        private let kept = Mutex<[CALLRReport]>([])
        var all: [CALLRReport] { kept.withLock { $0 } }
        @Sendable func take(_ report: CALLRReport, _ call: CallID) { kept.withLock { $0.append(report) } }
    }

    static func serve(
        _ application: any CALLRApplication,
        limits: CALLRLimits = CALLRLimits(),
        clock: HeldClock = HeldClock(),
        reports: Reports = Reports()
    ) -> CALLRRealTime {
        let count = Mutex(0)
        return CALLRRealTime(
            application,
            limits: limits,
            report: reports.take,
            makePrefix: {
                count.withLock { count in
                    count += 1
                    return "c\(count)"
                }
            },
            sleep: clock.sleep
        )
    }

    static func post(_ realTime: CALLRRealTime) -> CALLRPlatform.Post {
        { body in
            let reply = await realTime.answer(ReceivedHTTPRequest(method: "POST", path: "/", body: body))
            return (reply.status, reply.body)
        }
    }

    /// Every command of the table, at both ends of its ranges.
    static let commands: [CALLRCommand] = [
        .play(.library(42)), .play(.speech(voice: "TTS_EN-GB_SERENA", text: "One | two")), .playRecord(file: "rec-1"),
        .playWAV(base64: "UklGRg=="), .read(.none, maximumDigits: 1, attempts: 1, timeoutMilliseconds: 100),
        .read(.library(1), maximumDigits: 20, attempts: 10, timeoutMilliseconds: 30_000),
        .dialOut([.init("+16467890800", timeout: 5), .init("+447890123456", timeout: 300)]),
        .conference(id: 1, leavesWhenAlone: true), .simpleConference(id: 1, leavesWhenAlone: false),
        .record(maximumSeconds: 0, silenceSeconds: 0), .record(maximumSeconds: 300, silenceSeconds: 20),
        .startCallRecording(announce: .library(7)), .stopCallRecording(),
        .sendDigits("1*#", milliseconds: 1, pauseMilliseconds: 0),
        .sendDigits("9", milliseconds: 5_000, pauseMilliseconds: 10_000),
        .waitForSilence(milliseconds: 1, iterations: 1, timeoutSeconds: 0),
        .waitForSilence(milliseconds: 5_000, iterations: 3, timeoutSeconds: 300), .playTalkDetect(.library(3)),
        .hangUpCall(.max),
    ]

    @Test(
        "Every command is carried out in turn, whatever way the platform asks",
        arguments: CALLRPlatform.Manner.allCases
    )
    func everyCommand(manner: CALLRPlatform.Manner) async {
        let steps = Steps(Self.commands)
        let realTime = Self.serve(steps)
        var platform = CALLRPlatform(
            ["keys 1", "keys 12345678901234567890", "dial ANSWER", "file rec-1", "error nothing was said"],
            manner: manner,
            variables: ["a": "1"],
            post: Self.post(realTime)
        )
        await platform.run()
        #expect(platform.violations == [])
        #expect(platform.carried.map(\.name) == Self.commands.map(\.name) + ["hangup"])
        #expect(platform.carried[1].parameters == #"{"media_id":"TTS|TTS_EN-GB_SERENA|One   two"}"#)
        #expect(platform.carried[18].parameters == #"{"callid":18446744073709551615}"#)
        #expect(steps.lines[5] == "read: 12345678901234567890" && steps.lines[6] == "dialout: ANSWER")
        #expect(steps.lines[10] == "record: nothing was said")
        #expect(realTime.callCount == 0)
    }

    @Test("What the platform would refuse is not sent, and the call goes on")
    func refused() async {
        let bad: [CALLRCommand] = [
            .read(.none, maximumDigits: 21, attempts: 1, timeoutMilliseconds: 100),
            .read(.none, maximumDigits: 0, attempts: 1, timeoutMilliseconds: 100),
            .read(.none, maximumDigits: 1, attempts: 0, timeoutMilliseconds: 100),
            .read(.none, maximumDigits: 1, attempts: 11, timeoutMilliseconds: 100),
            .read(.none, maximumDigits: 1, attempts: 1, timeoutMilliseconds: 99),
            .read(.none, maximumDigits: 1, attempts: 1, timeoutMilliseconds: 30_001),
            .dialOut([]), .dialOut([.init("0646")]), .dialOut([.init("+1646", timeout: 4)]),
            .dialOut([.init("+1646", timeout: 301)]), .record(maximumSeconds: 301, silenceSeconds: 1),
            .record(maximumSeconds: 1, silenceSeconds: 21), .sendDigits("1", milliseconds: 0), .sendDigits("A"),
            .sendDigits("1", milliseconds: 1, pauseMilliseconds: 10_001), .wait(seconds: 0), .wait(seconds: 31),
            .waitForSilence(milliseconds: 0, iterations: 1, timeoutSeconds: 0),
            .waitForSilence(milliseconds: 1, iterations: 4, timeoutSeconds: 0),
            .waitForSilence(milliseconds: 1, iterations: 1, timeoutSeconds: 301), .play(.none), .play(.library(0)),
            .play(.speech(voice: "", text: "x")), .play(.speech(voice: "TTS_X", text: " ")), .playWAV(base64: ""),
            .playRecord(file: ""),
        ]
        let steps = Steps(bad + [.play(.library(1))])
        var platform = CALLRPlatform(post: Self.post(Self.serve(steps)))
        await platform.run()
        #expect(platform.violations == [])
        #expect(platform.carried.map(\.name) == ["play", "hangup"])
        #expect(steps.lines.count == bad.count + 1)
        #expect(steps.lines.allSatisfy { $0.contains("give") || $0.contains("begin with +") || $0 == "play: 0" })
    }

    @Test("A program that is late costs the caller a wait at a time, and no answer takes 5 s", arguments: [3, 6, 10])
    func late(seconds: Int) async {
        let clock = HeldClock()
        let reports = Reports()
        let realTime = Self.serve(Slow(clock, .seconds(seconds)), clock: clock, reports: reports)
        let post = Self.post(realTime)
        var platform = CALLRPlatform(clock: clock) { body in
            async let answer = post(body)
            // Time goes on only while an answer is waited for and the program sleeps.
            let ticker = Task { await clock.advanceToNext(whenAsleep: [.seconds(4), .seconds(seconds)]) }
            let reply = await answer
            ticker.cancel()
            return reply
        }
        await platform.run(most: 12)
        #expect(platform.violations == [])
        #expect(platform.carried.first?.name == "play")
        #expect(reports.all.contains(.postponed) == (seconds > 4))
    }
}
