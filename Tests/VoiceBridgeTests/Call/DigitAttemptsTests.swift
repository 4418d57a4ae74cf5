// SPDX-License-Identifier: Apache-2.0

import CallModel
import Synchronization
import Testing

@testable import VoiceBridge

@Suite("A caller who is asked again")
struct DigitAttemptsTests {
    /// Answers collections from a list, and notes what was asked.
    private final class ScriptedPort: CallPort {
        let inbox = CallInbox(format: .linear8kHz, audioLimit: .seconds(2), speechLimit: .seconds(1))
        private let state: Mutex<(answers: [CollectedDigits], asked: [String])>
        var now: CallInstant { CallInstant(nanoseconds: 0) }

        init(_ answers: [CollectedDigits]) { state = Mutex((answers, [])) }

        var asked: [String] { state.withLock(\.asked) }

        func submit(_ request: BotRequest) {
            switch request {
            case .collect(let id, let collection):
                let answer = state.withLock { state in
                    state.asked.append(collection.takesTypeAhead ? "collect, typed ahead" : "collect")
                    return state.answers.isEmpty ? nil : state.answers.removeFirst()
                }
                if let answer { inbox.reply(.digits(answer), to: id) }
            case .play(let id, _, _, let policy):
                state.withLock { $0.asked.append("play, \(policy)") }
                inbox.reply(.playback(.finished), to: id)
            default: state.withLock { $0.asked.append("other") }
            }
        }

        var call: Call {
            Call(
                start: CallStart(callID: CallID("c"), streamID: "s", platform: "test"),
                audioFormat: .linear8kHz,
                capabilities: DialectCapabilities(
                    clear: true,
                    marks: false,
                    sendDigits: true,
                    hangUp: true,
                    transfers: [],
                    closeMeaning: .unknown
                ),
                port: self,
                inbox: inbox
            )
        }
    }

    private static let nothing = CollectedDigits(digits: "", completion: .noInput)
    private static let prompt = Prompt(AudioChunk(linear: [1, 2, 3], format: .linear8kHz, position: 0))

    @Test("one attempt unless told otherwise")
    func once() async throws {
        let port = ScriptedPort([Self.nothing])
        #expect(try await port.call.digits().completion == .noInput)
        #expect(port.asked == ["collect, typed ahead"])
    }

    @Test("a caller who presses nothing hears the reprompt, and what is pressed during it counts")
    func again() async throws {
        let pressed = CollectedDigits(digits: "12", completion: .count)
        let port = ScriptedPort([Self.nothing, Self.nothing, pressed])
        let collection = DigitCollection(count: 2, takesTypeAhead: false, attempts: 3, reprompt: Self.prompt)
        #expect(try await port.call.digits(collection) == pressed)
        #expect(
            port.asked == [
                "collect", "play, digitsOnly", "collect, typed ahead", "play, digitsOnly", "collect, typed ahead",
            ]
        )
    }

    @Test("some keys and then silence are an answer, not a reason to ask again")
    func partial() async throws {
        let pressed = CollectedDigits(digits: "1", completion: .interDigitTimeout)
        let port = ScriptedPort([pressed])
        #expect(try await port.call.digits(DigitCollection(count: 4, attempts: 3)) == pressed)
        #expect(port.asked.count == 1)
    }

    @Test("after the last attempt nothing was pressed")
    func given() async throws {
        let port = ScriptedPort([Self.nothing, Self.nothing])
        #expect(try await port.call.digits(DigitCollection(attempts: 2)) == Self.nothing)
        #expect(port.asked == ["collect, typed ahead", "collect, typed ahead"])
    }
}
