// SPDX-License-Identifier: Apache-2.0
import CallModel
import Synchronization
import VoiceBridge

/// The bot's part in a scene; it writes down what came of it.
final class SceneBot: ConversationHandler {
    /// The rate of most wires, so that nothing is converted.
    var audioFormat: AudioFormat { .linear8kHz }
    let scene: Scene
    private let notes = Mutex<[String]>([])

    init(_ scene: Scene) {
        self.scene = scene
    }

    /// What came of the bot's part.
    var story: [String] { notes.withLock { $0 } }

    func converse(on call: Call) async throws {
        switch scene {
        case .greeting, .secondStart:
            note(try await call.play(Self.tone(400)))
            try await call.waitUntilEnded()
        case .echo:
            call.attach(Echo())
            try await call.waitUntilEnded()
        case .bargeIn:
            note(try await call.play(Self.tone(4_000)))
            try await call.waitUntilEnded()
        case .digits:
            for await case .digit(let digit, _) in call.events { notes.withLock { $0.append("\(digit)") } }
        case .collect:
            let terminator = DTMFDigit("#")
            let pressed = try await call.digits(DigitCollection(count: 8, terminator: terminator))
            notes.withLock { $0.append("\(pressed.digits) \(pressed.completion.rawValue)") }
        case .transfer:
            do {
                try await call.transfer(to: .phone("+919810000003"))
                notes.withLock { $0.append("transferred") }
            } catch {
                notes.withLock { $0.append("refused") }
            }
        case .hangUp:
            try await call.say(Self.tone(1_000).audio)
            try await call.hangUp()
        case .callerLeaves:
            note(try await call.play(Self.tone(4_000)))
        case .silentCaller:
            for await event in call.events {
                guard case .idle(let times) = event else { continue }
                notes.withLock { $0.append("idle \(times)") }
                return
            }
        }
    }

    private func note(_ outcome: PlaybackOutcome) {
        notes.withLock { notes in
            switch outcome {
            case .finished: notes.append("finished")
            case .interrupted: notes.append("interrupted")
            }
        }
    }

    private static func tone(_ milliseconds: Int) -> Prompt {
        Prompt(.tone(frequency: 800, duration: .milliseconds(milliseconds), format: .linear8kHz))
    }

    private struct Echo: MediaStage {
        mutating func process(_ heard: Span<Int16>, at position: Int64, into playback: inout PlaybackWriter) {
            playback.write(heard)
        }
    }
}
