// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import TestSupport
import Testing
import VoiceBridgeTesting

/// Digo's calls, whose socket speaks another platform's dialect.
@Suite struct DigoControlTests {
    static let control = "platform: digo, base_url: BASE, authorization: t0k"
    static let done = LoopbackHTTPServer.Reply.text(#"{"success": true, "message": "ok"}"#)

    static func hangUp(_ reply: LoopbackHTTPServer.Reply) -> PlatformTwin.Exchange {
        .init("/v1/call/hangup", authorization: "t0k", .json(#"{"call_id": "ca-01"}"#), reply)
    }

    static func transfer(_ reply: LoopbackHTTPServer.Reply) -> PlatformTwin.Exchange {
        let body = #"{"type": 4, "call_id": "ca-01", "intercom": "1042"}"#
        return .init("/v1/call/options", authorization: "t0k", .json(body), reply)
    }

    /// What Digo says, and what becomes of a call whose bot transfers to an agent.
    static let rows: [(script: [PlatformTwin.Exchange], ending: String, failures: [Bool])] = [
        ([transfer(done)], "transfer", [false]),
        ([transfer(.init(503)), transfer(done)], "transfer", [false]),
        ([transfer(.init(500)), hangUp(done)], "returned", [true, false]),
        ([transfer(.text(#"{"success": false, "message": "busy"}"#)), hangUp(done)], "returned", [true, false]),
        ([transfer(.init(404)), hangUp(.init(404))], "returned", [true, false]),
        ([transfer(.init(500)), hangUp(.init(500)), hangUp(done)], "returned", [true, false]),
        ([transfer(.init(500)), hangUp(.init(500)), hangUp(.init(500))], "returned", [true, true]),
    ]

    @Test(arguments: rows.indices)
    func `An agent is given the call, or the bot is told and goes on`(index: Int) async throws {
        let row = Self.rows[index]
        try await ControlledCall.run(.extension("1042"), dialect: "exotel", control: Self.control, row.script) {
            serving,
            twin,
            told in
            let client = try await serving.call(following: try ControlledCall.start("exotel"))
            #expect(try await client.closeCode() == 1000)
            let summary = try await serving.observed.ended()[0].summary
            #expect(summary.reason.code == row.ending)
            #expect(summary.outOfBand.map { $0.failure != nil } == row.failures)
            #expect(told.value.map { $0 == "done" } == [!row.failures[0]])
            #expect(twin.isDone, "\(twin.log.value.unexpected)")
        }
    }

    @Test(arguments: ["204x", ""])
    func `What is no agent is refused at once`(agent: String) async throws {
        try await ControlledCall.run(
            .extension(agent),
            dialect: "exotel",
            control: Self.control,
            [Self.hangUp(Self.done)]
        ) { serving, twin, told in
            _ = try await serving.call(following: try ControlledCall.start("exotel"))
            _ = try await serving.observed.ended()
            #expect(told.value == ["invalid: the target is no agent's number that digo can be given"])
            #expect(twin.isDone)
        }
    }
}
