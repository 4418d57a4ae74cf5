// SPDX-License-Identifier: Apache-2.0
import CallModel
import Testing
import VoiceBridgeTesting

@testable import LoadTesting

@Suite("Load run")
struct LoadRunTests {
    /// What each planted fault must be called.
    static let planted: [(FaultyEcho.Fault, LoadFault.Kind?)] = [
        (.none, nil), (.drops, .framesLost), (.swapsFrames, .outOfOrder), (.swapsCalls, .crossTalk),
        (.silent, .silence), (.late, .late), (.strangeMessages, .violations), (.closes, .callsFailed),
        (.refuses, .callsFailed),
    ]

    @Test("names what is wrong with a server, and nothing where nothing is", arguments: planted)
    func names(fault: FaultyEcho.Fault, kind: LoadFault.Kind?) async throws {
        let server = try await FaultyEcho(fault)
        var plan = LoadPlan(
            url: "ws://127.0.0.1:\(server.port)/v1/twilio",
            call: SimulatedCallConfiguration(.twilio)
        )
        plan.calls = 6
        plan.rate = 200
        plan.duration = .seconds(2.4)
        plan.loops = 2
        plan.grace = .seconds(10)
        let report = try await LoadRun(plan).run()
        try await server.stop()
        // A busy machine is late by itself: only the server that has to be late is held to a bound.
        let kinds = Set(report.faults(bound: fault == .late ? .milliseconds(40) : nil).map(\.kind))
        if fault == .late { #expect(report.window.tally.fromWrite.value(atQuantile: 0.01) >= 50_000_000) }
        #expect(kind.map(kinds.contains) ?? kinds.isEmpty, "\(report.faults())")
        #expect(report.all.callsStarted == 6)
        switch fault {
        case .drops: #expect(report.all.framesLost >= 6)
        case .swapsFrames: #expect(report.all.outOfOrder == 6)
        case .strangeMessages: #expect(report.all.violations.total == 6)
        case .closes: #expect(report.all.failures.total == 6)
        case .none:
            #expect(report.all.callsEnded == 6)
            #expect(report.all.framesSent == report.all.framesReceived)
            #expect(report.all.framesSent >= 6 * 110)
        default: break
        }
    }

    @Test("lets short calls make room for others")
    func churn() async throws {
        let server = try await FaultyEcho(.none)
        var plan = LoadPlan(
            url: "ws://127.0.0.1:\(server.port)/v1/twilio",
            call: SimulatedCallConfiguration(.twilio)
        )
        plan.calls = 4
        plan.rate = 200
        plan.callLength = .milliseconds(300)
        plan.duration = .seconds(1.5)
        plan.grace = .seconds(10)
        let report = try await LoadRun(plan).run()
        try await server.stop()
        #expect(report.faults() == [])
        #expect(report.all.callsOpened > 8)
        #expect(report.all.callsEnded == report.all.callsOpened)
    }

    @Test("fails where nothing answers")
    func nobody() async throws {
        var plan = LoadPlan(url: "ws://127.0.0.1:1/", call: SimulatedCallConfiguration(.twilio))
        plan.calls = 2
        plan.duration = .milliseconds(100)
        let report = try await LoadRun(plan).run()
        #expect(report.faults().map(\.kind) == [.callsFailed, .nothingMeasured])
    }

    @Test("refuses plans that cannot be")
    func refusals() async {
        let calls = [("http://x/", SimulatedDialect.twilio), ("ws://127.0.0.1:1/", .genesys)]
        for (url, dialect) in calls {
            let plan = LoadPlan(url: url, call: SimulatedCallConfiguration(dialect))
            await #expect(throws: LoadError.self) { try await LoadRun(plan).run() }
        }
        let plan = LoadPlan(url: "ws://127.0.0.1:1/", call: SimulatedCallConfiguration(.twilio))
        await #expect(throws: LoadError.self) { try await LoadRun(plan, process: 1 << 30).run() }
    }
}
