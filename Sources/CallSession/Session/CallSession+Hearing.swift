// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// Caller to bot.
extension CallSession {
    /// The caller's audio that was taken so far, in nanoseconds.
    package var heardTime: Int64 {
        position * 1_000_000_000 / Int64(configuration.botFormat.sampleRate)
    }

    /// Decodes one message of caller audio and gives it to the detector, the stages and the bot.
    mutating func hear(_ media: Span<UInt8>, at now: CallInstant) {
        guard let blockBytes else { return }
        var start = 0
        while start < media.count {
            let end = min(media.count, start + blockBytes)
            hear(block: media.extracting(start..<end), at: now)
            start = end
        }
    }

    /// Decodes at most one block, gives it to whom it concerns, and lets it go.
    private mutating func hear(block bytes: Span<UInt8>, at now: CallInstant) {
        guard let block = inbound?.decode(bytes) else { return }
        position = block.position + Int64(block.botCount)
        summary.samplesReceived = block.received
        summary.oddBytes = block.oddBytes
        let wire = block.wire.span.extracting(0..<block.wireCount)
        let samples = block.bot.span.extracting(0..<block.botCount)
        if recording != nil { recordCaller(bytes, wire, before: block.received, at: now) }
        pass(samples, at: block.position, now: now)
        if $heardKeys { hearKeys(in: wire, at: now) }
        if $answering { watchAnswering(samples, at: now) }
        detectSpeech(in: wire, at: now)
    }

    /// Looks over the stream's first seconds; bytes that had waited come without a time.
    mutating func examine(_ media: Span<UInt8>, at now: CallInstant?) {
        guard examination?.examine(media, at: now) == true else { return }
        noteFindings()
        if examination?.isOver == true { examination = nil }
    }

    /// Notes what is wrong with the caller's audio and was not noted before.
    mutating func noteFindings() {
        for fault in examination?.takeFindings() ?? [] { outputs.append(.note(.badAudio(fault))) }
    }

    /// Looks for keys in the audio itself.
    private mutating func hearKeys(in samples: Span<Int16>, at now: CallInstant) {
        guard var keys = heardKeys else { return }
        heardKeys = nil
        keys.process(samples, at: now) { pressed($0, duration: nil, at: now) }
        heardKeys = keys
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
        heardSamples.append(copying: samples)
        outputs.append(.deliver(start..<heardSamples.count, position: position))
    }

    private func wireSamples(ofBot samples: Int64) -> Int64 {
        guard let rate = start?.format.sampleRate else { return 0 }
        return samples * Int64(rate) / Int64(configuration.botFormat.sampleRate)
    }
}
