// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import PlatformAPIs

extension CALLRFlowRun {
    /// How something is said.
    enum Voice {
        /// By the platform, which may listen for keys meanwhile.
        case media(CALLRMedia)
        /// By samples of ours.
        case wav(String)

        /// What says it.
        var command: CALLRCommand {
            switch self {
            case .media(let media): .play(media)
            case .wav(let base64): .playWAV(base64: base64)
            }
        }
    }

    /// How lines are said, in order; texts that follow each other in one voice become one.
    func voices(of lines: [FlowLine]) -> [Voice] {
        var voices: [Voice] = []
        for line in lines {
            guard let voice = voice(of: line) else { continue }
            if case .media(.speech(let name, let text)) = voice,
                case .media(.speech(name, let before))? = voices.last
            {
                voices[voices.count - 1] = .media(.speech(voice: name, text: before + " " + text))
            } else {
                voices.append(voice)
            }
        }
        return voices
    }

    private func voice(of line: FlowLine) -> Voice? {
        if let sound = line.sound {
            if let entry = settings.entry(for: sound) { return .media(.library(entry)) }
            return sounds[sound].flatMap { flow.sounds.base64(sound, $0) }.map(Voice.wav)
        }
        guard let text = line.text, text.contains(where: { !$0.isWhitespace }),
            let voice = settings.voice(for: line.language)
        else { return nil }
        return .media(.speech(voice: voice, text: text))
    }

    /// Says lines and takes keys; none when none came in time.
    func collect(_ collection: FlowCollection) async throws -> String {
        var voices = voices(of: collection.lines)
        var media = CALLRMedia.none
        // Only what the platform plays by itself can be listened under; samples of ours are played before.
        if case .media(let last)? = voices.last {
            media = last
            voices.removeLast()
        }
        for voice in voices {
            guard let result = try await carryOut(voice.command) else { continue }
            if let error = result.error { reportFailure("CALLR could not play: \(error)") }
        }
        let patience = max(collection.firstDigitTimeout, collection.interDigitTimeout)
        let milliseconds = Int(patience / .milliseconds(1))
        let result = try await carryOut(
            .read(
                media,
                maximumDigits: min(max(collection.count, 1), 20),
                attempts: 1,
                timeoutMilliseconds: min(max(milliseconds, 100), 30_000)
            )
        )
        return Self.digits(result, of: collection)
    }

    /// The keys of a result; none when it tells of something else, such as that nobody pressed any.
    static func digits(_ result: CALLRResult?, of collection: FlowCollection) -> String {
        guard let text = result?.text, result?.error == nil, text.allSatisfy({ "0123456789*#".contains($0) }) else {
            return ""
        }
        let end = collection.terminator?.character
        return String(text.prefix { $0 != end }.prefix(collection.count))
    }
}
