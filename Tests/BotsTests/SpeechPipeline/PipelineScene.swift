// SPDX-License-Identifier: Apache-2.0

import Bots
import CallSession
import Synchronization
import TestSupport
import VoiceBridge
import VoiceBridgeTesting

/// One call of a pipeline of stand-ins with a simulated platform, in virtual time.
struct PipelineScene {
    var result: SimulatedCallResult
    var summary: CallSummary?
    /// What the pipeline reported, with the time: `0.1 heard: words`.
    var journal: [String]
    /// The same without the time.
    var events: [String] { journal.map { String($0.drop { $0 != " " }.dropFirst()) } }

    // Plays a call, in which the caller speaks at these times, in seconds.
    init(
        clock: VirtualPipelineClock,
        recognizer: any SpeechRecognizer,
        generator: any ReplyGenerator,
        synthesizer: (any SpeechSynthesizer)? = nil,
        settings configureSettings: (inout SpeechPipelineSettings) -> Void = { _ in },
        speech: [ClosedRange<Double>] = [],
        digits: String = "",
        seconds: Int = 12,
        session configureSession: (inout CallSessionConfiguration) -> Void = { _ in }
    ) throws {
        let written = Journal()
        var settings = SpeechPipelineSettings()
        settings.silence = nil
        settings.report = { event in written.append(clock.now, event.kind) }
        configureSettings(&settings)
        let bot = SpeechPipelineBot(
            recognizer: recognizer,
            generator: generator,
            synthesizer: synthesizer ?? ScriptedSynthesizer(clock: clock),
            settings: settings,
            clock: clock.clock
        )
        var configuration = SimulatedCallConfiguration()
        configuration.callerAudio = Self.voice(speech, seconds: seconds)
        configuration.digits = digits.isEmpty ? [] : try ScheduledDigit.schedule(digits)
        configuration.duration = .seconds(seconds)
        let bridge = try VirtualBridge(bot: bot, configure: configureSession)
        var call = VirtualCall(configuration, server: ClockedBridge(bridge: bridge, clock: clock))
        result = call.run()
        clock.advance(to: .seconds(36_000))
        summary = bridge.settle(from: call.now)
        self.journal = written.lines
    }

    /// A loud tone where the caller speaks, silence elsewhere.
    static func voice(_ speech: [ClosedRange<Double>], seconds: Int) -> [Int16] {
        var samples = [Int16](repeating: 0, count: seconds * 8_000)
        for range in speech {
            let start = Int(range.lowerBound * 8_000)
            let tone = Tone(frequency: 700, amplitude: 9_000)
            let count = Int(range.upperBound * 8_000) - start
            samples.replaceSubrange(start..<start + count, with: Tone.samples(of: [tone], rate: 8_000, count: count))
        }
        return samples
    }

    /// When, in seconds, this text's audio was heard: its first and last sample.
    func times(of text: String) -> ClosedRange<Double>? {
        let level = ScriptedSynthesizer.level(of: text)
        guard let first = result.heard.firstIndex(of: level), let last = result.heard.lastIndex(of: level) else {
            return nil
        }
        return Double(first) / 8_000...Double(last + 1) / 8_000
    }
}

/// What was reported, as text.
final class Journal: Sendable {
    private let written = Mutex<[String]>([])
    var lines: [String] { written.withLock { $0 } }

    func append(_ time: Duration, _ kind: SpeechPipelineEvent.Kind) {
        if case .measured = kind { return }
        let text =
            switch kind {
            case .heard(let words): "heard: \(words)"
            case .said(let words, let isCutOff): "said\(isCutOff ? " in part" : ""): \(words)"
            case .failed(let error): "failed: \(error.stage.rawValue)"
            case .measured: ""
            case .acts(.hangUp): "hangs up"
            case .acts(.transfer(let target)): "transfers: \(target.kind.rawValue)"
            case .acts(.send(let digits)): "sends: \(digits)"
            }
        let milliseconds = time.components.seconds * 1_000 + time.components.attoseconds / 1_000_000_000_000_000
        written.withLock { $0.append("\(Double(milliseconds) / 1_000) \(text)") }
    }
}
