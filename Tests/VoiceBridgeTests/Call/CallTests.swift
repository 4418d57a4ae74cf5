// SPDX-License-Identifier: Apache-2.0

import CallModel
import Synchronization
import Testing

@testable import VoiceBridge

/// A call's side of the port: notes what is asked, and answers some of it at once.
private final class AnsweringPort: CallPort {
    private let log = Mutex<[String]>([])
    let inbox: CallInbox
    var now: CallInstant { CallInstant(nanoseconds: 0) }

    init(inbox: CallInbox) { self.inbox = inbox }

    var requests: [String] { log.withLock(\.self) }

    func submit(_ request: BotRequest) {
        let text =
            switch request {
            case .play(let id, _, _, _):
                answer(.playback(.interrupted(at: .milliseconds(300))), id, "play")
            case .finishSpeech(let id): answer(.playback(.finished), id, "finish")
            case .collect(let id, _):
                answer(.digits(CollectedDigits(digits: "7", completion: .count)), id, "collect")
            case .transfer(let id, _, _): answer(.failed(.alreadyTransferred), id, "transfer")
            case .cancel: "cancel"
            case .say: "say"
            case .send: "send"
            case .hangUp: "hang up"
            default: "other"
            }
        log.withLock { $0.append(text) }
    }

    private func answer(_ reply: BotReply, _ id: RequestID, _ text: String) -> String {
        inbox.reply(reply, to: id)
        return text
    }
}

@Suite("What a bot asks of its call")
struct CallTests {
    private let port = AnsweringPort(
        inbox: CallInbox(format: .linear16kHz, audioLimit: .seconds(2), speechLimit: .seconds(1))
    )

    private var call: Call {
        Call(
            start: CallStart(callID: CallID("c"), streamID: "s", platform: "test"),
            audioFormat: .linear16kHz,
            capabilities: DialectCapabilities(
                clear: true,
                marks: false,
                sendDigits: false,
                hangUp: true,
                transfers: [.extension],
                closeMeaning: .unknown
            ),
            port: port,
            inbox: port.inbox
        )
    }

    @Test("answers that come before the wait began are not lost")
    func answers() async throws {
        let prompt = Prompt(AudioChunk(linear: [1, 2, 3], format: .linear16kHz, position: 0))
        #expect(try await call.play(prompt) == .interrupted(at: .milliseconds(300)))
        #expect(try await call.finishSpeech() == .finished)
        #expect(try await call.digits().digits == "7")
        await #expect(throws: CallError.alreadyTransferred) { try await call.transfer(to: .extension("1")) }
        #expect(port.inbox.waiting == .init())
    }

    @Test("what the platform cannot do, and what makes no sense, throws without being asked for")
    func refusedHere() async {
        let chunk = AudioChunk(linear: [1], format: .linear8kHz, position: 0)
        await #expect(throws: CallError.wrongFormat(expected: .linear16kHz, actual: .linear8kHz)) {
            try await call.say(chunk)
        }
        await #expect(throws: CallError.unsupported("send digits", platform: "test")) {
            try await call.send(digits: "1")
        }
        await #expect(throws: CallError.unsupported("transfer to sip", platform: "test")) {
            try await call.transfer(to: .sip(uri: "sip:a@b"))
        }
        await #expect(throws: CallError.self) { try await call.send(digits: "1x") }
        #expect(port.requests.isEmpty)
    }

    @Test("after the end everything throws the end")
    func afterTheEnd() async {
        let reason = EndReason(side: .caller, code: "stop")
        port.inbox.end(reason, at: 0)
        let chunk = AudioChunk(linear: [1], format: .linear16kHz, position: 0)
        await #expect(throws: CallError.ended(reason)) { try await call.play(Prompt(chunk)) }
        await #expect(throws: CallError.ended(reason)) { try await call.say(chunk) }
        await #expect(throws: CallError.ended(reason)) { try await call.digits() }
        #expect(await (try? call.waitUntilEnded()) == reason)
        #expect(call.endReason == reason)
        #expect(port.requests.isEmpty)
    }

    @Test("hanging up waits for the end of the call")
    func hangingUp() async throws {
        let call = call
        let task = Task { try await call.hangUp(.now) }
        while port.inbox.waiting.ends == 0 { await Task.yield() }
        #expect(port.requests == ["hang up"])
        port.inbox.end(EndReason(side: .bot, code: "hangup"), at: 0)
        try await task.value
    }

    @Test("cancelling the task that waits takes the request back")
    func cancelling() async throws {
        var capable = call
        capable = Call(
            start: capable.start,
            audioFormat: capable.audioFormat,
            capabilities: DialectCapabilities(
                clear: true,
                marks: false,
                sendDigits: true,
                hangUp: true,
                transfers: [],
                closeMeaning: .unknown
            ),
            port: port,
            inbox: port.inbox
        )
        let task = Task { [capable] in try await capable.send(digits: "1") }
        while port.inbox.waiting.replies == 0 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(port.requests == ["send", "cancel"])
        #expect(port.inbox.waiting == .init())
    }
}
