// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Dialects
import Foundation
import Logging
import NIOCore
import OutboundHTTP
import Synchronization
import TestSupport
import Testing
import Tracing
import VoiceBridge
import VoiceBridgeTesting

@testable import BridgeServer
@testable import Operations

@Suite("Calls as traces")
struct CallTraceTests {
    private static let origin: UInt64 = 1_772_000_000_000_000_000
    private static let start = CallStart(callID: CallID("call-1"), streamID: "s", platform: "twilio", from: "15550100")

    /// A call by a clock that stands still.
    private final class Traced {
        let collector = Collector()
        let seen = Seen()
        let trace: CallTrace
        private let time: Time

        final class Time: Sendable {
            let milliseconds = Mutex<Int64>(0)
        }

        /// Keeps the contexts in which it is told.
        final class Seen: CallObserver {
            let contexts = Mutex<[ServiceContext?]>([])

            func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) { note() }
            func callStarted(_ start: CallStart, route: String, bot: String) { note() }
            func callNoted(_ id: CallID, route: String, _ note: CallNote) { self.note() }
            private func note() { contexts.withLock { $0.append(.current) } }
        }

        init(_ headers: [(name: String, value: String)] = []) throws {
            let time = Time()
            self.time = time
            let clock = TraceClock(at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: origin)) {
                .uptimeNanoseconds(1_000_000_000) + .milliseconds(time.milliseconds.withLock { $0 })
            }
            let route = CallRoute(
                path: "/v1/twilio",
                dialect: .twilio,
                botName: "test",
                bot: OperatedServer.Bot(),
                session: CallSessionConfiguration(
                    botFormat: .linear8kHz,
                    capabilities: try Dialect(name: .twilio).capabilities
                )
            )
            trace = CallTrace(
                collector.tracer,
                route: route,
                handshake: OpeningHandshake(headers: headers),
                observer: seen,
                clock: clock
            )
        }

        func pass(_ milliseconds: Int64) { time.milliseconds.withLock { $0 += milliseconds } }

        func begin() { trace.callStarted(start, route: "/v1/twilio", bot: "test") }

        func note(_ note: CallNote) { trace.callNoted(start.callID, route: "/v1/twilio", note) }

        func end(_ reason: EndReason = EndReason(side: .bot, code: "hangup", detail: "of 15550100")) {
            let summary = CallSummary(reason: reason, duration: .seconds(1))
            trace.callEnded(summary, id: start.callID, route: "/v1/twilio", bot: "test")
        }

        /// The spans, by name, with their times in milliseconds since the upgrade.
        func spans() async throws -> [ReadSpan] {
            collector.exporter.start()
            await collector.exporter.close()
            return try collector.spans()
        }
    }

    private static func times(_ span: ReadSpan) -> [UInt64] {
        [span.start, span.end].map { ($0 - origin) / 1_000_000 }
    }

    private static func timings(endedAt: Int, heard: Int) -> TurnTimings {
        TurnTimings(
            turn: Turn(
                startedAt: .milliseconds(endedAt - 600),
                endedAt: .milliseconds(endedAt),
                reason: .silence,
                audio: 0..<1
            ),
            network: .milliseconds(12),
            endOfTurn: .milliseconds(700),
            taken: .milliseconds(701),
            stages: [.firstAudio: .milliseconds(950)],
            sent: .milliseconds(960),
            heard: .milliseconds(heard)
        )
    }

    @Test("the call is the root, and what was measured stands below it with its own times")
    func tree() async throws {
        let traced = try Traced()
        traced.pass(40)
        traced.begin()
        traced.pass(2_000)
        traced.note(.turnMeasured(Self.timings(endedAt: 1_000, heard: 1_160)))
        traced.note(.recordingBegan("name of 15550100"))
        traced.pass(500)
        let failure = await traced.trace.asking(.transfer(.phone("15550100"))) {
            traced.pass(200)
            return "it answered 503"
        }
        #expect(failure == "it answered 503")
        traced.note(.botFailed("secret 15550100"))
        traced.pass(1_000)
        // An answer that is to be heard after the call's end is heard no longer than the call.
        traced.note(.turnMeasured(Self.timings(endedAt: 2_900, heard: 1_160)))
        traced.end(EndReason(side: .error, code: "bot_failed", detail: "of 15550100"))
        let spans = try await traced.spans()
        let root = try #require(spans.first { $0.name == "call" })
        #expect(root.parent == nil && root.kind == 2 && Self.times(root) == [0, 3_740] && root.status == 2)
        #expect(root.attributes["voicebridge.route"] == "/v1/twilio" && root.attributes["voicebridge.bot"] == "test")
        #expect(root.attributes["voicebridge.dialect"] == "twilio" && root.attributes["voicebridge.turns"] == "2")
        #expect(root.attributes["voicebridge.call.id"] == "call-1" && root.attributes["voicebridge.codec"] == "pcm")
        #expect(root.attributes["voicebridge.ended_by"] == "error" && root.events == ["bot.failed"])
        #expect(root.attributes["voicebridge.end_reason"] == "bot_failed")
        let below = spans.filter { $0.parent == root.spanID }
        let expected: [String: [[UInt64]]] = [
            "setup": [[0, 40]], "turn": [[440, 2_200], [2_340, 3_740]], "recording": [[2_040, 3_740]],
            "platform transfer": [[2_540, 2_740]],
        ]
        #expect(Dictionary(grouping: below, by: \.name).mapValues { $0.map(Self.times) } == expected)
        let turns = below.filter { $0.name == "turn" }
        let stages = spans.filter { $0.parent == turns[0].spanID }.map { ($0.name, Self.times($0)) }
        #expect(stages.map(\.0) == ["caller_speech", "end_of_turn", "taken", "first_audio", "sent", "heard"])
        let bounds: [UInt64] = [440, 1_040, 1_740, 1_741, 1_990, 2_000, 2_200]
        #expect(stages.map(\.1) == zip(bounds, bounds.dropFirst()).map { [$0, $1] })
        #expect(turns[0].attributes["voicebridge.turn.answer_ms"] == "1160")
        #expect(spans.filter { $0.parent == turns[1].spanID }.allSatisfy { $0.end <= root.end })
        #expect(Set(spans.map(\.traceID)).count == 1 && spans.count == 18)
        #expect(!traced.collector.requests.contains { String(decoding: $0.body, as: UTF8.self).contains("15550100") })
        let contexts = traced.seen.contexts.withLock { $0 }
        #expect(contexts.count == 6 && contexts.allSatisfy { $0?.trace?.spanID.hexadecimal == root.spanID })
    }

    @Test(
        "the upgrade's trace is gone on with, and recorded as it says",
        arguments: [
            ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00f067aa0ba902b7", 2),
            ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", nil, 0),
            ("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", nil, 2),
        ]
    )
    func parent(_ traceparent: String, _ parent: String?, _ count: Int) async throws {
        let traced = try Traced([("TraceParent", traceparent)])
        traced.begin()
        traced.end()
        let spans = try await traced.spans()
        #expect(spans.count == count && spans.first { $0.name == "call" }?.parent == parent)
        let isItsOwn = spans.first?.traceID != "4bf92f3577b34da6a3ce929d0e0e4736"
        #expect(isItsOwn == (parent == nil))
    }

    @Test("of two parents none is believed")
    func twoParents() async throws {
        let traced = try Traced(Array(repeating: ("traceparent", TraceContextTests.example), count: 2))
        traced.begin()
        traced.end()
        #expect(try await traced.spans().contains { $0.name == "call" && $0.parent == nil })
    }
}
