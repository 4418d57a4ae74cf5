// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio
import VoiceBridge

/// Listens for who answered.
struct AnsweringWatch: Sendable {
    /// Without audio for so long, time goes on as silence.
    static let patience: Duration = .milliseconds(500)

    /// Up to when audio, or silence in its place, was heard.
    private(set) var heardUntil: CallInstant
    private var detector: AnsweringMachineDetector

    /// A watch on a stream of this rate; nil for one that the detectors do not know.
    init?(_ method: AnsweringMethod, sampleRate: Int, at now: CallInstant) {
        guard let rate = SampleRate(rawValue: sampleRate) else { return nil }
        heardUntil = now
        switch method {
        case .silence(let silence, let rounds, let timeout):
            var numbers = AnsweringMachineDetector.Silence()
            numbers.milliseconds = Int(silence.wholeMilliseconds)
            numbers.timeout = Int(timeout.wholeMilliseconds)
            numbers.rounds = rounds
            detector = AnsweringMachineDetector(.silence(numbers), rate: rate)
        case .key(let timeout, let rounds):
            var numbers = AnsweringMachineDetector.Keys()
            (numbers.timeout, numbers.rounds) = (Int(timeout.wholeMilliseconds), rounds)
            detector = AnsweringMachineDetector(.keys(numbers), rate: rate)
        }
    }

    /// When silence is taken for granted; nil once it is settled who answered.
    var deadline: CallInstant? { detector.isDecided ? nil : heardUntil + Self.patience }

    mutating func process(
        _ samples: Span<Int16>,
        isGuarded: Bool,
        at now: CallInstant,
        _ body: (AnsweringVerdict) -> Void
    ) {
        heardUntil = now
        detector.process(samples, isGuarded: isGuarded) { body(AnsweringVerdict($0)) }
    }

    /// Lets time go on without audio.
    mutating func pass(isGuarded: Bool, at now: CallInstant, _ body: (AnsweringVerdict) -> Void) {
        let missing = Int((now - heardUntil).wholeMilliseconds)
        heardUntil = now
        if !isGuarded { detector.pass(milliseconds: missing) { body(AnsweringVerdict($0)) } }
    }

    mutating func press(_ body: (AnsweringVerdict) -> Void) {
        detector.press { body(AnsweringVerdict($0)) }
    }
}

extension AnsweringVerdict {
    init(_ finding: AnsweringFinding) {
        let machine = finding.machineProbability
        let evidence: Evidence =
            switch finding.evidence {
            case .silenceAfterGreeting(let time): .silenceAfterGreeting(.milliseconds(time))
            case .longGreeting(let time): .longGreeting(.milliseconds(time))
            case .nobodySpoke: .nobodySpoke
            case .key: .key
            case .noKeyYet(let round): .noKeyYet(round: round)
            case .noKey: .noKey
            case .beep(let hertz): .beep(hertz: hertz)
            case .specialInformation: .specialInformation
            }
        let answerer: Answerer =
            switch finding.evidence {
            case .nobodySpoke, .noKeyYet: .unknown
            default: machine > 0.5 ? .machine : .human
            }
        self.init(
            answerer: answerer,
            confidence: max(machine, 1 - machine),
            evidence: evidence,
            after: .milliseconds(finding.milliseconds)
        )
    }
}
