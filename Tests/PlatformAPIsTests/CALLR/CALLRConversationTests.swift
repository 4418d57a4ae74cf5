// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import PlatformAPIs
import TestSupport
import Testing

/// Requests by hand, where a whole platform would do them right.
@Suite("CALLR's Real-Time, request by request") struct CALLRConversationTests {
    typealias Fixture = CALLRRealTimeTests

    private func ask(
        _ realTime: CALLRRealTime,
        _ status: String,
        id: String? = nil,
        result: String = "",
        call: String = "7"
    ) async throws -> JSONValue {
        let id = id.map { "\"\($0)\"" } ?? "null"
        let body = #"""
            {"callid": \#(call), "call_status": "\#(status)", "command_id": \#(id), "command_result": "\#(result)",
             "variables": {"a": [1]}}
            """#
        let reply = await realTime.answer(ReceivedHTTPRequest(method: "POST", path: "/", body: Array(body.utf8)))
        #expect(reply.status == 200 && reply.contentType == "application/json")
        return try JSONDocument.parse(reply.body)
    }

    /// The command, its id, and nothing of the variables lost.
    private func told(_ json: JSONValue) -> String {
        #expect(json["variables"] == .object(["a": .array([.number("1")])]))
        return "\(json["command"]?.text ?? "") \(json["command_id"]?.text ?? "")"
    }

    static let hangUp = "hangup "

    @Test("a request is read to its last digit, and what is new in it is left out")
    func read() throws {
        let text = #"""
            {"app": "A1", "call_status": "UP", "callid": 18446744073709551615, "cdr_field": "", "cli_name": "x",
             "cli_number": "+33678912345", "command": "read", "command_error": "", "command_id": 42,
             "command_result": "123", "date_started": "2024-04-24 00:42:42", "number": "+16469820800",
             "request_hash": null, "variables": {"a": [1]}, "of_tomorrow": {}}
            """#
        let request = try #require(try CALLRRequest(JSONDocument.parse(Array(text.utf8))))
        #expect(request.call.rawValue == "18446744073709551615" && request.status == .up && !request.status.isOver)
        #expect(request.from == "+33678912345" && request.to == "+16469820800" && request.direction == .inbound)
        #expect(request.command == "read" && request.commandID == "42" && request.result == "123")
        #expect(request.error == nil && request.variables == ["a": .array([.number("1")])])
        #expect(request.application == "A1" && request.callerName == "x" && request.recordField == nil)
        #expect(request.started == "2024-04-24 00:42:42")
        let outbound = text.replacing(#""request_hash": null"#, with: #""request_hash": "H""#)
        #expect(try CALLRRequest(JSONDocument.parse(Array(outbound.utf8)))?.direction == .outbound)
    }

    @Test(
        "what is no request is refused",
        arguments: [
            "", "[]", #"{"callid": 1}"#, #"{"callid": 1, "call_status": "X"}"#,
            #"{"callid": 18446744073709551616, "call_status": "UP"}"#, #"{"callid": -1, "call_status": "UP"}"#,
            #"{"callid": 1.5, "call_status": "UP"}"#, #"{"callid": "", "call_status": "UP"}"#,
        ]
    )
    func refused(body: String) async {
        let realTime = Fixture.serve(Fixture.Steps([]))
        let bytes = Array(body.utf8)
        #expect(await realTime.answer(ReceivedHTTPRequest(method: "POST", path: "/", body: bytes)).status == 400)
        #expect(await realTime.answer(ReceivedHTTPRequest(method: "GET", path: "/", body: bytes)).status == 405)
        let large = [UInt8](repeating: 0x20, count: CALLRLimits().body + 1)
        #expect(await realTime.answer(ReceivedHTTPRequest(method: "POST", path: "/", body: large)).status == 413)
        #expect(realTime.callCount == 0)
    }

    @Test("a call in the middle of something is hung up, and said: the server was started anew")
    func restarted() async throws {
        let reports = Fixture.Reports()
        let realTime = Fixture.serve(Fixture.Steps([.play(.library(1))]), reports: reports)
        #expect(try await told(ask(realTime, "UP", id: "older-3", result: "12")) == Self.hangUp)
        #expect(reports.all == [.unknown] && realTime.callCount == 0)
    }

    @Test(
        "the end of a call ends its program, whatever the end",
        arguments: ["HANGUP", "BUSY", "NOANSWER", "REJECTED", "CONGESTION"]
    )
    func ended(status: String) async throws {
        let reports = Fixture.Reports()
        let steps = Fixture.Steps([.play(.library(1)), .play(.library(2))])
        let realTime = Fixture.serve(steps, reports: reports)
        #expect(try await told(ask(realTime, "INCOMING_CALL")) == "play c1-1")
        #expect(try await told(ask(realTime, status, id: "c1-1")) == Self.hangUp)
        while steps.lines.isEmpty { await Task.yield() }
        #expect(steps.lines == ["the call ended (\(status))"])
        #expect(realTime.callCount == 0)
        // Late, and again.
        #expect(try await told(ask(realTime, "UP", id: "c1-1")) == Self.hangUp)
        #expect(try await told(ask(realTime, status, id: "c1-1")) == Self.hangUp)
        let end = try #require(CALLRRequest.Status(rawValue: status))
        #expect(reports.all == [.began, .ended(.ended(end))])
    }

    @Test("the first request of a call begins nothing behind the last one")
    func backwards() async throws {
        let reports = Fixture.Reports()
        let realTime = Fixture.serve(Fixture.Steps([.play(.library(1))]), reports: reports)
        #expect(try await told(ask(realTime, "HANGUP")) == Self.hangUp)
        #expect(try await told(ask(realTime, "INCOMING_CALL")) == Self.hangUp)
        #expect(reports.all == [] && realTime.callCount == 0)
    }

    @Test("a result that nobody waits for is answered with a wait, and then with the command once more")
    func stray() async throws {
        let reports = Fixture.Reports()
        let steps = Fixture.Steps([.play(.library(1)), .play(.library(2))])
        let realTime = Fixture.serve(steps, reports: reports)
        #expect(try await told(ask(realTime, "INCOMING_CALL")) == "play c1-1")
        #expect(try await told(ask(realTime, "UP", id: "someone's")) == "wait c1-2")
        #expect(try await told(ask(realTime, "UP", id: "c1-2")) == "play c1-1")
        #expect(steps.lines == [])
        #expect(try await told(ask(realTime, "UP", id: "c1-1", result: "0")) == "play c1-3")
        // The wait is used up, and so is the first command.
        #expect(try await told(ask(realTime, "UP", id: "c1-2")) == "wait c1-4")
        #expect(try await told(ask(realTime, "UP", id: "c1-1", result: "0")) == "play c1-3")
        #expect(steps.lines == ["play: 0"])
        #expect(reports.all == [.began, .stray, .stray])
    }

    @Test("no more calls run than may, and one more is hung up")
    func full() async throws {
        var limits = CALLRLimits()
        limits.calls = 2
        let reports = Fixture.Reports()
        let realTime = Fixture.serve(Fixture.Steps([.play(.library(1))]), limits: limits, reports: reports)
        #expect(try await told(ask(realTime, "INCOMING_CALL", call: "1")) == "play c1-1")
        #expect(try await told(ask(realTime, "INCOMING_CALL", call: "2")) == "play c2-1")
        #expect(try await told(ask(realTime, "INCOMING_CALL", call: "3")) == Self.hangUp)
        _ = try await ask(realTime, "HANGUP", call: "1")
        #expect(try await told(ask(realTime, "INCOMING_CALL", call: "4")) == "play c3-1")
        #expect(reports.all.contains(.full))
    }

    @Test("a call that never comes back is let go of, sooner while nobody talks")
    func lost() async throws {
        let clock = HeldClock()
        let reports = Fixture.Reports()
        let limits = CALLRLimits()
        let short = Fixture.Steps([.play(.library(1))])
        let realTime = Fixture.serve(short, clock: clock, reports: reports)
        _ = try await ask(realTime, "INCOMING_CALL")
        await clock.advanceToNext(whenAsleep: [limits.patience, limits.longest])
        while realTime.callCount > 0 { await Task.yield() }
        #expect(clock.now == limits.patience)
        #expect(try await told(ask(realTime, "UP", id: "c1-1")) == Self.hangUp)
        while reports.all.count < 2 { await Task.yield() }
        #expect(reports.all == [.began, .ended(.lost)])
    }

    @Test("people who talk are left alone until the longest call is over")
    func talking() async throws {
        let clock = HeldClock()
        let limits = CALLRLimits()
        let steps = Fixture.Steps([.dialOut([.init("+33678912345")])])
        let realTime = Fixture.serve(steps, clock: clock)
        _ = try await ask(realTime, "INCOMING_CALL")
        clock.advance(by: limits.patience)
        #expect(realTime.callCount == 1)
        await clock.advanceToNext(whenAsleep: [limits.longest])
        while realTime.callCount > 0 { await Task.yield() }
        #expect(clock.now == limits.longest)
    }
}
