// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import PlatformAPIs
import Testing

@Suite("CALLR's Real-Time") struct CALLRRealTimeTests {
    /// Answers one thing, or never.
    struct Fixed: CALLRScenario {
        var response: CALLRResponse?

        func next(_ request: CALLRRequest) async -> CALLRResponse {
            if var response {
                response.variables = request.variables
                return response
            }
            while !Task.isCancelled { await Task.yield() }
            return CALLRResponse(.wait(seconds: 1))
        }
    }

    static let question = #"""
        {"app": "A1", "call_status": "UP", "callid": 18446744073709551615, "cdr_field": "", "cli_name": "x",
         "cli_number": "+33678912345", "command": "read", "command_error": "", "command_id": 42, "command_result": "123",
         "date_started": "2024-04-24 00:42:42", "number": "+16469820800", "request_hash": null, "variables": {"a": [1]}}
        """#

    private func ask(_ scenario: Fixed, _ body: String = question, method: String = "POST") async -> HTTPReply {
        await CALLRRealTime(
            scenario,
            sleep: { duration in if scenario.response != nil { try await Task.sleep(for: duration) } }
        )
        .answer(ReceivedHTTPRequest(method: method, path: "/", body: Array(body.utf8)))
    }

    @Test("A request is read to its last digit")
    func read() throws {
        let request = try #require(try CALLRRequest(JSONDocument.parse(Array(Self.question.utf8))))
        #expect(request.call.rawValue == "18446744073709551615" && request.status == .up && !request.status.isOver)
        #expect(request.from == "+33678912345" && request.to == "+16469820800" && request.direction == .inbound)
        #expect(request.command == "read" && request.commandID == .number("42") && request.result == "123")
        #expect(request.error == nil && request.variables == ["a": .array([.number("1")])])
    }

    static let commands: [(CALLRCommand, String, String)] = [
        (.play(media: "TTS|TTS-EN-GB_SERENA|Hello"), "play", #"{"media_id": "TTS|TTS-EN-GB_SERENA|Hello"}"#),
        (.playRecord(file: "f"), "play_record", #"{"media_file": "f"}"#),
        (.playWAV(base64: "UklG"), "play_wav_data", #"{"audio_data": "UklG"}"#),
        (
            .read(media: "m", maximumDigits: 20, attempts: 10, timeoutMilliseconds: 30_000), "read",
            #"{"media_id": "m", "max_digits": 20, "attempts": 10, "timeout_ms": 30000}"#
        ),
        (
            .dialOut(targets: [.init("+16467890800", timeout: 300)], callerID: "BLOCKED"), "dialout",
            #"{"targets": [{"number": "+16467890800", "timeout": 300}], "cli": "BLOCKED"}"#
        ),
        (.conference(id: "c", leavesWhenAlone: true), "conference", #"{"id": "c", "auto_leave_when_alone": true}"#),
        (.record(maximumSeconds: 300, silenceSeconds: 20), "record", #"{"max_duration": 300, "silence": 20}"#),
        (.sendDigits("1#", milliseconds: 5_000), "send_dtmf", ##"{"digits": "1#", "duration_ms": 5000}"##),
        (.wait(seconds: 1), "wait", #"{"seconds": 1}"#), (.hangUp, "hangup", "{}"),
    ]

    @Test("Each command is answered as the table says, variables as they came", arguments: commands)
    func command(command: CALLRCommand, name: String, parameters: String) async throws {
        let reply = await ask(Fixed(response: CALLRResponse(command, commandID: 7)))
        #expect(reply.status == 200 && reply.contentType == "application/json")
        let json = #"{"command": "\#(name)", "command_id": 7, "params": \#(parameters), "variables": {"a": [1]}}"#
        #expect(try JSONDocument.parse(reply.body) == JSONDocument.parse(Array(json.utf8)))
    }

    @Test(
        "What is late or out of range ends the call",
        arguments: [
            nil, .read(media: "m", maximumDigits: 21, attempts: 1, timeoutMilliseconds: 100),
            .read(media: "m", maximumDigits: 1, attempts: 0, timeoutMilliseconds: 100),
            .read(media: "m", maximumDigits: 1, attempts: 1, timeoutMilliseconds: 99),
            .dialOut(targets: [], callerID: "BLOCKED"), .dialOut(targets: [.init("0646")], callerID: "BLOCKED"),
            .dialOut(targets: [.init("+1646", timeout: 4)], callerID: "BLOCKED"),
            .record(maximumSeconds: 301, silenceSeconds: 1), .record(maximumSeconds: 1, silenceSeconds: 21),
            .sendDigits("1", milliseconds: 0),
        ] as [CALLRCommand?]
    )
    func ends(command: CALLRCommand?) async throws {
        let reply = await ask(Fixed(response: command.map { CALLRResponse($0) }))
        let json = #"{"command": "hangup", "command_id": 0, "params": {}, "variables": {"a": [1]}}"#
        #expect(try JSONDocument.parse(reply.body) == JSONDocument.parse(Array(json.utf8)))
    }

    @Test(
        "What is no request is refused",
        arguments: ["", "[]", #"{"callid": 1}"#, #"{"callid": 1, "call_status": "X"}"#]
    )
    func refused(body: String) async {
        #expect(await ask(Fixed(), body).status == 400)
        #expect(await ask(Fixed(), method: "GET").status == 405)
    }
}
