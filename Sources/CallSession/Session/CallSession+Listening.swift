// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio
import VoiceBridge

// When the caller speaks.
extension CallSession {
    /// How long the caller has made sounds since speech began, pauses left out.
    var voicedTime: Duration {
        start?.format.duration(ofSamples: voicedSamples) ?? .zero
    }

    /// Whether the caller makes a sound at this moment.
    var isVoiced: Bool { speech.map { $0.isSpeaking && $0.isSpeech } ?? false }

    /// Whether the caller hears the bot, or its echo may still come back.
    private mutating func isGuarded(at now: CallInstant) -> Bool {
        ledger.sent > 0 && now < ledger.expectedEnd + configuration.echoTail
    }

    /// Looks for the beginning and end of the caller's speech, 20 ms at a time.
    mutating func detectSpeech(in samples: Span<Int16>, at now: CallInstant) {
        guard let rate = start?.format.sampleRate else { return }
        var (wasSpeaking, isSpeaking): (Bool?, Bool) = (nil, false)
        var first = 0
        while first < samples.count {
            let end = min(samples.count, first + rate / 50)
            let piece = samples.extracting(first..<end)
            let isGuarded = isGuarded(at: now)
            guard let finding = speech?.hear(piece, isGuarded: isGuarded) else { return }
            wasSpeaking = wasSpeaking ?? finding.wasSpeaking
            isSpeaking = finding.isSpeaking
            weigh(finding, piece, isGuarded: isGuarded, behind: samples.count - end, at: now)
            first = end
        }
        guard isSpeaking || wasSpeaking == true else { return }
        speechDeadline = isSpeaking ? now + Self.speechPatience : nil
        if isSpeechTold || !isSpeechDoubted { lastActivity = now }
        decideInterruption(at: now)
    }

    private mutating func weigh(
        _ finding: VoiceActivityDetector.Finding,
        _ piece: Span<Int16>,
        isGuarded: Bool,
        behind samples: Int,
        at now: CallInstant
    ) {
        if let change = finding.change {
            let behind = samples + max(0, change.position - change.boundary)
            switch change.edge {
            case .started:
                isSpeechDoubted = true
                voicedSamples = behind - samples
            case .ended: speechEnded(at: point(behind: behind, at: now), now: now)
            }
        }
        echo?.judge(power: SampleSums(piece).power, isSound: finding.isSpeech, at: now)
        guard finding.isSpeaking else { return }
        if finding.probability >= 0.5, echo?.isLoud != false { voicedSamples += piece.count }
        if isSpeechDoubted { weighSpeech(isGuarded: isGuarded, behind: samples, at: now) }
        if isSpeechTold, voicedTime >= configuration.confirmation { turns.speechConfirmed() }
    }

    /// Believes in speech that began, unless it is a key that sounds, or may be the bot's echo.
    private mutating func weighSpeech(isGuarded: Bool, behind samples: Int, at now: CallInstant) {
        guard heardKeys?.isSounding != true else {
            voicedSamples = 0
            return
        }
        guard heardKeys == nil || voicedTime >= configuration.speechOnset else { return }
        let needed = Int(configuration.bargeInDebounce.wholeMilliseconds + 19) / 20
        if isGuarded, let echo {
            guard echo.loudFrames >= needed else { return }
            // What was heard before may have been the bot's own.
            voicedSamples = min(voicedSamples, echo.loudFrames * (start?.format.sampleRate ?? 0) / 50)
        }
        isSpeechDoubted = false
        guard isLive, configuration.detectsSpeech else { return }
        isSpeechTold = true
        idle.count = 0
        lastActivity = now
        if configuration.speechInterrupts { interrupt(by: .speech, at: now) }
        turns.speechStarted(at: point(behind: samples + voicedSamples, at: now))
        notify(.speechStarted)
    }

    private mutating func speechEnded(at point: TurnTracker.Point, now: CallInstant) {
        isSpeechDoubted = false
        guard isSpeechTold else { return }
        isSpeechTold = false
        guard isLive else { return }
        lastActivity = now
        turns.speechEnded(at: point, noticed: now)
        notify(.speechEnded)
    }

    /// Ends speech in the midst of which the platform stopped to send audio.
    mutating func endSpeechWithoutAudio(at now: CallInstant) {
        guard let deadline = speechDeadline, now >= deadline else { return }
        speechDeadline = nil
        var hasEnded = false
        speech?.finish { _ in hasEnded = true }
        if hasEnded { speechEnded(at: TurnTracker.Point(time: now, position: position), now: now) }
    }

    /// The point so many samples of the wire before the end of what came at `now`.
    private mutating func point(behind samples: Int, at now: CallInstant) -> TurnTracker.Point {
        guard let rate = start?.format.sampleRate else { return TurnTracker.Point(time: now, position: position) }
        let time = Duration.nanoseconds(Int64(samples) * 1_000_000_000 / Int64(rate))
        let place = position - Int64(samples) * Int64(configuration.botFormat.sampleRate) / Int64(rate)
        return TurnTracker.Point(time: max(startedAt, now - time), position: max(0, place))
    }
}
