// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import TestSupport
import Testing
import VoiceBridgeTesting

/// Twilio's wire has neither a hang-up nor a transfer: both go over its Calls resource.
@Suite struct TwilioControlTests {
    static let control = "account: Aladdin, token: open sesame, base_url: BASE/2010-04-01"
    static let path = "/2010-04-01/Accounts/Aladdin/Calls/CA00cc.json"
    /// RFC 7617 §2.
    static let authorization = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    static let phone = TransferTarget.phone("+1 555 123-4567")
    static let over = LoopbackHTTPServer.Reply.text(
        #"{"code": 20404, "message": "The requested resource was not found", "status": 404}"#,
        status: 404
    )

    static let stop = #"{"event":"stop","sequenceNumber":"5","streamSid":"MZ00aa","stop":{"callSid":"CA00cc"}}"#

    static func hangUp(_ reply: LoopbackHTTPServer.Reply) -> PlatformTwin.Exchange {
        .init(path, authorization: authorization, .form("Status=completed"), reply)
    }

    static func transfer(_ reply: LoopbackHTTPServer.Reply) -> PlatformTwin.Exchange {
        let twiml = "%3CResponse%3E%3CDial%3E%3CNumber%3E%2B15551234567%3C%2FNumber%3E%3C%2FDial%3E%3C%2FResponse%3E"
        return .init(path, authorization: authorization, .form("Twiml=\(twiml)"), reply)
    }

    static let done = LoopbackHTTPServer.Reply.text(#"{"sid": "CA00cc"}"#)

    private func run(
        _ target: TransferTarget?,
        _ script: [PlatformTwin.Exchange],
        control: String = Self.control,
        deadline: Duration = .seconds(60),
        _ body: (RunningServer, PlatformTwin, Watched<[String]>) async throws -> Void
    ) async throws {
        try await ControlledCall.run(
            target,
            dialect: "twilio",
            control: control,
            script,
            deadline: deadline,
            body
        )
    }

    @Test func `A transfer is asked for once all is said, and ends the call as transferred`() async throws {
        try await run(Self.phone, [Self.transfer(Self.done)]) { serving, twin, told in
            let client = try await serving.call(following: try ControlledCall.start("twilio"))
            #expect(try await client.closeCode() == 1000)
            let ended = try await serving.observed.ended()
            #expect(ended[0].reason.code == "transfer" && ended[0].summary.transfer == Self.phone)
            #expect(ended[0].summary.outOfBand.map(\.failure) == [nil])
            #expect(ended[0].summary.samplesSent >= 480)
            #expect(told.value == ["done"] && twin.isDone)
        }
    }

    /// What the platform says to a hang-up, and whether it is done with that.
    static let hangUps: [(name: String, script: [PlatformTwin.Exchange], isDone: Bool)] = [
        ("done", [hangUp(done)], true),
        ("already gone", [hangUp(over)], true),
        ("500, then done", [hangUp(.init(500)), hangUp(done)], true),
        ("500, then gone", [hangUp(.init(500)), hangUp(over)], true),
        ("500 twice", [hangUp(.init(500)), hangUp(.init(500))], false),
        ("wrong token", [hangUp(.text(#"{"code": 20003, "message": "Authenticate"}"#, status: 401))], false),
    ]

    @Test(arguments: hangUps.indices)
    func `A bot that returns hangs up over the interface`(index: Int) async throws {
        let row = Self.hangUps[index]
        try await run(nil, row.script) { serving, twin, _ in
            let client = try await serving.call(following: try ControlledCall.start("twilio"))
            #expect(try await client.closeCode() == 1000)
            let summary = try await serving.observed.ended()[0].summary
            #expect(summary.reason.code == "returned")
            #expect(summary.outOfBand.map { $0.failure == nil } == [row.isDone], "\(row.name)")
            #expect(summary.leavesCaller == !row.isDone)
            #expect(twin.isDone, "\(twin.log.value.unexpected)")
            let noted = serving.observed.log.value.notes.contains(.outOfBand(summary.outOfBand[0]))
            #expect(noted)
        }
    }

    /// What the platform says to a transfer that does not come about, and what the bot is told.
    static let failures: [(script: [PlatformTwin.Exchange], told: String)] = [
        ([transfer(.init(500))], "twilio failed with 500 on request 1; it may have acted or not"),
        (
            [transfer(.init(503)), transfer(.init(503))],
            "twilio answered 503 to 2 requests: is its rate limit reached?"
        ),
        ([transfer(over)], "the call is over at twilio; nobody is left to transfer"),
        (
            [transfer(.text(#"{"code": 21211, "message": "'To' number +15551234567 is not valid"}"#, status: 400))],
            "twilio refused: 400 (code 21211): 'To' number +… is not valid"
        ),
    ]

    @Test(arguments: failures.indices)
    func `A transfer that does not come about is told to the bot, and the call goes on`(index: Int) async throws {
        let row = Self.failures[index]
        try await run(Self.phone, row.script + [Self.hangUp(Self.done)]) { serving, twin, told in
            let client = try await serving.call(following: try ControlledCall.start("twilio"))
            #expect(try await client.closeCode() == 1000)
            let summary = try await serving.observed.ended()[0].summary
            #expect(told.value == ["not_done: the platform did not do it, and the call goes on: \(row.told)"])
            // Both tones were sent: 60 ms of each, at 8 kHz.
            #expect(summary.samplesSent >= 960 && summary.reason.code == "returned" && summary.transfer == nil)
            #expect(summary.outOfBand.map(\.failure) == [row.told, nil])
            #expect(twin.isDone, "\(twin.log.value.unexpected)")
        }
    }

    @Test func `A busy platform is asked once more`() async throws {
        try await run(Self.phone, [Self.transfer(.init(503)), Self.transfer(Self.done)]) { serving, twin, told in
            _ = try await serving.call(following: try ControlledCall.start("twilio"))
            #expect(try await serving.observed.ended()[0].reason.code == "transfer")
            #expect(told.value == ["done"] && twin.isDone)
        }
    }

    @Test func `A platform that does not answer is given up`() async throws {
        let script = [Self.transfer(.silence), Self.hangUp(.silence), Self.hangUp(.silence)]
        try await run(Self.phone, script, deadline: .milliseconds(100)) { serving, twin, told in
            let client = try await serving.call(following: try ControlledCall.start("twilio"))
            #expect(try await client.closeCode() == 1000)
            let summary = try await serving.observed.ended()[0].summary
            #expect(told.value.count == 1 && told.value[0].contains("no answer of twilio to request 1"))
            #expect(summary.outOfBand.map(\.action) == ["transfer", "hang_up"])
            #expect(summary.outOfBand.allSatisfy { $0.failure?.contains("no answer of twilio") == true })
            #expect(summary.leavesCaller && twin.isDone)
        }
    }

    @Test func `A target that is none is refused at once, and nothing is asked`() async throws {
        try await run(.sip(uri: "https://a"), [Self.hangUp(Self.done)]) { serving, twin, told in
            _ = try await serving.call(following: try ControlledCall.start("twilio"))
            #expect(try await serving.observed.ended()[0].reason.code == "returned")
            #expect(told.value == ["invalid: the target is no SIP URI that twilio can be given"])
            #expect(twin.isDone)
        }
    }

    @Test func `A kind of target that the platform does not have is unsupported`() async throws {
        try await run(.extension("204"), [Self.hangUp(Self.done)]) { serving, twin, told in
            _ = try await serving.call(following: try ControlledCall.start("twilio"))
            _ = try await serving.observed.ended()
            #expect(told.value.count == 1 && told.value[0].hasPrefix("unsupported: "))
            #expect(twin.isDone)
        }
    }

    @Test func `The platform ends the stream before it says yes`() async throws {
        // The answer waits until the stream has ended, as it does where the new instructions begin at once.
        let control = GatedControl()
        try await GatedControl.run(control) { serving, told in
            let client = try await serving.call(following: try ControlledCall.start("twilio"))
            try await control.untilAsked()
            try await client.send(RawFrame.text(Self.stop))
            #expect(try await client.closeCode() == 1000)
            #expect(serving.observed.log.value.ended.isEmpty)
            control.answer(nil)
            let ended = try await serving.observed.ended()
            #expect(ended[0].reason.code == "transfer" && told.value == ["done"])
        }
    }

    @Test(arguments: [true, false])
    func `A caller who leaves while the platform is asked left`(saysStop: Bool) async throws {
        let control = GatedControl()
        try await GatedControl.run(control) { serving, told in
            let client = try await serving.call(following: try ControlledCall.start("twilio"))
            try await control.untilAsked()
            if saysStop {
                try await client.send(RawFrame.text(Self.stop))
                #expect(try await client.closeCode() == 1000)
            } else {
                try await client.drop()
                try await serving.untilConnections(0)
            }
            control.answer("the call is over")
            let ended = try await serving.observed.ended()
            #expect(ended[0].reason.code == (saysStop ? "stop" : "connection_lost"))
            #expect(ended[0].summary.outOfBand.map(\.failure) == ["the call is over"])
            #expect(told.value.count == 1 && told.value[0].hasPrefix("ended: "))
        }
    }

    @Test(arguments: ["account: Aladdiu", "token: open sesamf", "base_url: BASE/2010-04-02"])
    func `The twin finds a request that is wrong in one letter`(fault: String) async throws {
        let key = String(fault.prefix { $0 != ":" })
        let control = Self.control.split(separator: ", ").map { $0.hasPrefix(key) ? fault : String($0) }
            .joined(separator: ", ")
        try await run(Self.phone, [Self.transfer(Self.done)], control: control) { serving, twin, told in
            _ = try await serving.call(following: try ControlledCall.start("twilio"))
            _ = try await serving.observed.ended()
            // The transfer, and the hang-up after it.
            #expect(twin.log.value.unexpected.count == 2 && twin.log.value.taken == 0)
            #expect(told.value.count == 1 && told.value[0].contains("twilio refused: 418"))
        }
    }
}
