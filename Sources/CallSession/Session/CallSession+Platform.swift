// SPDX-License-Identifier: Apache-2.0

package import CallModel
import TelephonyAudio
import VoiceBridge

// What the platform says.
extension CallSession {
    /// Takes an event of the platform's; `media` holds the bytes of a ``CallEvent/media(_:)`` and is empty otherwise.
    package mutating func receive(_ event: CallEvent, media: Span<UInt8>, at now: CallInstant) {
        guard !isFinished, phase != .closing else { return }
        switch event {
        case .connected: break
        case .start(let start): begin(start, at: now)
        case .media(let header): receiveMedia(header, media, at: now)
        case .digit(let digit, let duration): receiveDigit(digit, duration: duration, at: now)
        case .mark(let name):
            receiveMark(name, at: now)
        case .cleared:
            // What answers a clear of ours says nothing of the audio that was sent since.
            if isLive, !clears.isAnswer(at: now) { flush(tellingPlatform: false, at: now) }
        case .held(let isHeld):
            hold(isHeld, at: now)
        case .stop(let reason): stopped(reason, at: now)
        case .ignored(let message):
            switch message {
            case .unknownName(let name):
                summary.unknownMessages += 1
                if summary.unknownMessages == 1 { outputs.append(.note(.unknownMessage(name))) }
            case .complaint(let text):
                summary.complaints += 1
                if summary.complaints <= Self.maximumNotedComplaints { outputs.append(.note(.complaint(text))) }
            case .outboundTrack, .acknowledgement, .incomplete: break
            }
        }
        advance(at: now)
    }

    /// Counts a message that the dialect could not read; too many of those that are no JSON end the call with 1007.
    package mutating func receiveMalformed(_ description: String, isNotJSON: Bool, at now: CallInstant) {
        guard !isFinished, phase != .closing else { return }
        summary.malformedMessages += 1
        if summary.malformedMessages == 1 { outputs.append(.note(.malformedMessage(description))) }
        if isNotJSON { notJSONMessages += 1 }
        if notJSONMessages >= configuration.maximumMalformedMessages {
            end(EndReason(side: .error, code: "not_json", detail: description), closing: 1007, at: now)
        }
        advance(at: now)
    }

    /// Ends the call because a protocol was broken, the peer fell silent, or it announced what cannot be taken.
    package mutating func fail(_ reason: EndReason, closing code: UInt16, at now: CallInstant) {
        guard !isFinished, phase != .closing else { return }
        end(reason, closing: code, at: now)
        advance(at: now)
    }

    /// Takes the end of the socket, however it came.
    package mutating func socketClosed(_ detail: String?, at now: CallInstant) {
        guard !isSocketClosed else { return }
        isSocketClosed = true
        phase = .closing
        writeDeadline = nil
        if ending == nil {
            let reason =
                start == nil
                ? EndReason(side: .error, code: "no_start", detail: detail)
                : EndReason(side: .caller, code: "connection_lost", detail: detail)
            guard !isPutOff(reason) else { return advance(at: now) }
            settle(reason, at: now)
        }
        stopPlaying(at: now)
        endRecording(at: now)
        endBot(at: now)
        advance(at: now)
    }

    private mutating func begin(_ start: CallStart, at now: CallInstant) {
        guard self.start == nil else {
            let detail = "the platform sent a second start on one socket"
            end(EndReason(side: .error, code: "duplicate_start", detail: detail), closing: 1002, at: now)
            return
        }
        self.start = start
        summary.start = start
        summary.setup = now - openedAt
        phase = .live
        startedAt = now
        lastActivity = now
        ledger = PlaybackLedger(sampleRate: start.outboundFormat.sampleRate)
        if configuration.detectsSpeech, configuration.guardsEcho { echo = EchoGuard(from: now) }
        let outbound = OutboundAudio(
            wire: start.outboundFormat,
            frame: configuration.frame,
            framing: framing,
            measuresPower: echo != nil
        )
        wireFrame = outbound.frame
        self.outbound = outbound
        let inbound = InboundAudio(wire: start.format, bot: configuration.botFormat)
        blockBytes = inbound.blockBytes
        self.inbound = inbound
        kept = SampleRing(limit: configuration.botFormat.sampleCount(for: configuration.preBuffer))
        if configuration.detectsSpeech || configuration.silenceTimeout != nil {
            speech = VoiceActivityDetector(configuration, rate: start.format.sampleRate)
        }
        idle.since = now
        if configuration.detectsKeys { heardKeys = SampleRate(rawValue: start.format.sampleRate).map(HeardKeys.init) }
        if configuration.examinesAudio { examination = StreamExamination(format: start.format, from: now) }
        isBotRunning = true
        outputs.append(.startBot(start))
        prepareRecording(at: now)
        let bytes = start.format.bytesPerSecond * Int(configuration.preBuffer.wholeMilliseconds) / 1_000
        let waiting = early.takeAll(atMost: bytes)
        examine(waiting.span, at: nil)
        hear(waiting.span, at: now)
        summary.samplesDropped += Int64(early.droppedBytes / start.format.encoding.bytesPerSample)
    }

    private mutating func receiveMedia(_ header: MediaHeader, _ media: Span<UInt8>, at now: CallInstant) {
        if let number = header.sequenceNumber {
            if let last = lastSequenceNumber, number <= last || number > last + 1 { summary.sequenceFaults += 1 }
            lastSequenceNumber = number
        }
        if let timestamp = header.timestamp { answer.note(timestamp: timestamp, after: now - startedAt) }
        switch phase {
        case .waiting: early.append(media)
        case .live, .leaving:
            examine(media, at: now)
            hear(media, at: now)
        case .closing: break
        }
    }

    private mutating func receiveMark(_ name: String, at now: CallInstant) {
        let verdict = ledger.receive(mark: name, at: now)
        if verdict == .suspect, !hasNotedSuspectMarks {
            hasNotedSuspectMarks = true
            outputs.append(.note(.marksAreSuspect))
        }
        switch verdict {
        case .honest, .late, .suspect: outputs.append(.reading(ledger.reading))
        case .early, .flushed, .unknown: break
        }
    }

    private mutating func receiveDigit(_ digit: DTMFDigit, duration: Duration?, at now: CallInstant) {
        guard heardKeys?.isKnown(digit, at: now) != true else { return }
        pressed(digit, duration: duration, at: now)
    }

    /// Takes a key the caller pressed, whoever told of it.
    mutating func pressed(_ digit: DTMFDigit, duration: Duration?, at now: CallInstant) {
        guard isLive else { return }
        summary.digits += 1
        lastActivity = now
        idle.count = 0
        interrupt(by: .digit, at: now)
        if let (id, collected) = digits.receive(digit, at: now) { outputs.append(.reply(id, .digits(collected))) }
        notify(.digit(digit, duration: duration))
        keyAnswers()
    }

    private mutating func stopped(_ detail: String?, at now: CallInstant) {
        if start == nil {
            end(EndReason(side: .caller, code: "stop_before_start", detail: detail), closing: 1000, at: now)
        } else if let patience = configuration.farewellPatience {
            settle(EndReason(side: .caller, code: "stop", detail: detail), at: now)
            closeCode = 1000
            stopPlaying(at: now)
            phase = .leaving(deadline: now + patience, repeatAt: nil, attempt: 1)
            endBot(at: now)
        } else {
            let reason = EndReason(side: .caller, code: "stop", detail: detail)
            guard !isPutOff(reason) else { return close(at: now) }
            end(reason, closing: 1000, at: now)
        }
    }
}
