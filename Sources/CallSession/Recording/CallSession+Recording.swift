// SPDX-License-Identifier: Apache-2.0

import CallModel
package import VoiceBridge

// What is recorded of a call, for whom it is: the tap is asked for with every frame, and all else only where there is one.
extension CallSession {
    /// A call's recording, from this side.
    struct Recording: Sendable {
        let tap: AudioTap
        let rules: RecordingRules
        var hasBegun = false
        var isOver = false
        /// Paused by the bot.
        var isPaused = false
        /// Until when it pauses for keys.
        var digitsUntil: CallInstant?
        /// The announcement after which it begins.
        var announcement: PlaybackID?
    }

    /// Records the call from its first sample, or from when it may; to be asked for before the call begins.
    package mutating func record(to tap: AudioTap) {
        guard let rules = configuration.recording, recording == nil, start == nil else { return }
        recording = Recording(tap: tap, rules: rules)
    }

    /// What a bot may do about the recording.
    package var recordingOffer: Call.Recording.Offer {
        guard let recording else { return .none }
        return if case .bot = recording.rules.consent { .onConsent } else { .recorded }
    }

    /// Begins at once, or says what is to be heard before.
    mutating func prepareRecording(at now: CallInstant) {
        switch recording?.rules.consent {
        case .notAsked: beginRecording(at: now)
        case .announced(let prompt):
            let id = enqueue(protected: prompt, at: now)
            recording?.announcement = id
        case .bot, nil: break
        }
    }

    mutating func beginRecording(at now: CallInstant) {
        guard let recording, !recording.hasBegun, !recording.isOver else { return }
        self.recording?.hasBegun = true
        recording.tap.tell(TapEntry(.began, at: now, first: summary.samplesReceived))
        outputs.append(.note(.recordingBegan(recording.tap.name)))
    }

    /// A playback was heard to its end.
    mutating func announced(_ id: PlaybackID, at now: CallInstant) {
        guard let announcement = recording?.announcement, announcement == id else { return }
        recording?.announcement = nil
        beginRecording(at: now)
    }

    /// Does what the bot asks for.
    mutating func control(recording action: RecordingAction, at now: CallInstant) {
        switch action {
        case .begin: beginRecording(at: now)
        case .pause: recording?.isPaused = true
        case .resume: recording?.isPaused = false
        }
    }

    /// Records a decoded message of the caller's: linear audio as samples, so that a split one cannot shift the rest.
    mutating func recordCaller(
        _ bytes: Span<UInt8>,
        _ samples: Span<Int16>,
        before received: Int64,
        at now: CallInstant
    ) {
        guard let recording, recording.hasBegun, !recording.isOver else { return }
        let kind = isRecordingPaused(at: now) ? TapEntry.Kind.callerUnheard : .caller
        let audio = start?.format.encoding == .linear16 ? unsafe samples.bytes : unsafe bytes.bytes
        let position = received - Int64(samples.count)
        recording.tap.tell(TapEntry(kind, byteCount: audio.byteCount, at: now, first: position), audio)
    }

    /// Records what ``wireBytes`` has from `first` on, to be played at `time` by a platform without delay.
    mutating func recordBot(from first: Int, playedAt time: CallInstant, at now: CallInstant) {
        guard let recording, recording.hasBegun, !recording.isOver else { return }
        let isPaused = isRecordingPaused(at: now)
        let entry = TapEntry(
            isPaused ? .botUnheard : .bot,
            byteCount: wireBytes.count - first,
            at: now,
            first: time.nanoseconds,
            second: ledger.measuredDelay?.wholeNanoseconds ?? -1
        )
        let audio = wireBytes.span.extracting(first..<wireBytes.count)
        unsafe recording.tap.tell(entry, audio.bytes)
    }

    /// Records that what was not heard is taken back: of what is said so many samples, and what was sent of the sound behind.
    mutating func recordCut(unheard samples: Int64, _ isSentUnheard: Bool, at now: CallInstant) {
        guard let recording, recording.hasBegun, !recording.isOver else { return }
        var samples = samples
        if isSentUnheard, let end = background?.end {
            let from = max(now, ledger.expectedEnd)
            samples += LedgerReading.remaining(until: end, at: from, sampleRate: ledger.sampleRate)
        }
        if samples > 0 { recording.tap.tell(TapEntry(.cut, at: now, first: samples)) }
    }

    /// Ends the recording with the call.
    mutating func endRecording(at now: CallInstant) {
        guard let recording, !recording.isOver else { return }
        self.recording?.isOver = true
        recording.tap.tell(TapEntry(.ended, at: now))
    }

    private mutating func isRecordingPaused(at now: CallInstant) -> Bool {
        guard let recording else { return true }
        if recording.rules.pausesForDigits, digits.isCollecting {
            self.recording?.digitsUntil = now + RecordingRules.digitsTail
            return true
        }
        return recording.isPaused || recording.digitsUntil.map { now < $0 } ?? false
    }
}
