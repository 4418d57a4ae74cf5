// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// Caller to bot.
extension CallSession {
    /// Decodes one message of caller audio and gives it to the detector, the stages and the bot.
    mutating func hear(_ media: Span<UInt8>, at now: CallInstant) {
        // Taken out for the time of decoding, so that the closure may change the rest of the session.
        guard var inbound else { return }
        self.inbound = nil
        defer {
            self.inbound = inbound
            summary.samplesReceived = inbound.received
            summary.oddBytes = inbound.oddBytes
        }
        var change: SpeechDetector.Change?
        var start = 0
        while start < media.count {
            let end = min(media.count, start + inbound.blockBytes)
            inbound.decode(media.extracting(start..<end))
            start = end
            inbound.withBlock { wire, samples, position in
                let isGuarded = ledger.mayHoldUnheard(at: now)
                speech?.process(wire, isGuarded: isGuarded) { change = $0 }
                pass(samples, at: position, now: now)
            }
        }
        guard let change, isLive else { return }
        lastActivity = now
        // The position is the decoder's, which is out of its place here.
        let position = inbound.made
        switch change {
        case .started:
            if configuration.speechInterrupts { interrupt(by: .speech, at: now) }
            outputs.append(.notify(.speechStarted, position: position))
        case .ended:
            outputs.append(.notify(.speechEnded, position: position))
        }
    }

    /// Delivers what was kept since the start of the call and everything from now on.
    mutating func listen() {
        guard !isListening else { return }
        isListening = true
        // A copy is emptied: what was kept from sample 0 is still there for a stage that comes next.
        guard var ring = kept else { return }
        let position = ring.position
        summary.samplesDropped += wireSamples(ofBot: ring.dropped)
        deliver(ring.take(ring.count).span, at: position)
    }

    /// Runs a stage from now on, first on what was kept since the start of the call.
    mutating func attach(_ stage: any MediaStage, at now: CallInstant) {
        if stages.isEmpty { writer = PlaybackWriter(capacity: configuration.botFormat.sampleRate / 10) }
        stages.append(stage)
        guard var ring = kept else { return }
        let chunk = configuration.botFormat.sampleCount(for: .milliseconds(20))
        while ring.count > 0 {
            let position = ring.position
            let samples = ring.take(chunk)
            run(stages.count - 1, samples.span, at: position, now: now)
        }
    }

    private mutating func pass(_ samples: Span<Int16>, at position: Int64, now: CallInstant) {
        for index in stages.indices { run(index, samples, at: position, now: now) }
        if isListening { deliver(samples, at: position) }
        guard let limit = kept?.limit else { return }
        if isBotActive, position + Int64(samples.count) > Int64(limit) {
            // The bot is at work: what it has not asked for by now need not be kept.
            kept = nil
        } else {
            kept?.append(samples)
        }
    }

    private mutating func run(_ index: Int, _ samples: Span<Int16>, at position: Int64, now: CallInstant) {
        stages[index].process(samples, at: position, into: &writer)
        if writer.wantsFlush, isLive { flush(tellingPlatform: true, at: now) }
        if !writer.samples.isEmpty, isLive { appendLive(at: now) }
        writer.reset()
    }

    private mutating func deliver(_ samples: Span<Int16>, at position: Int64) {
        guard !samples.isEmpty, ending == nil else { return }
        let start = heardSamples.count
        for index in samples.indices { heardSamples.append(samples[index]) }
        outputs.append(.deliver(start..<heardSamples.count, position: position))
    }

    private func wireSamples(ofBot samples: Int64) -> Int64 {
        guard let rate = start?.format.sampleRate else { return 0 }
        return samples * Int64(rate) / Int64(configuration.botFormat.sampleRate)
    }
}
