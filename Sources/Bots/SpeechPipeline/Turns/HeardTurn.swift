// SPDX-License-Identifier: Apache-2.0

import VoiceBridge

/// The caller's audio around a turn: a little before it, for the first syllable, and all of it, for a recognizer that must
/// begin anew.
struct HeardTurn {
    private var recent: [AudioChunk] = []
    private var recentSamples = 0
    private let recentLimit: Int
    private var chunks: [AudioChunk] = []
    private var samples = 0
    private let limit: Int
    private var live: AsyncStream<AudioChunk>.Continuation?
    /// Whether a turn is being kept.
    private(set) var isOpen = false

    /// - Parameters:
    ///   - before: samples kept before a turn.
    ///   - limit: most samples of a turn; of more the oldest are forgotten.
    init(before: Int, limit: Int) {
        recentLimit = before
        self.limit = limit
    }

    /// Takes the next audio.
    mutating func append(_ chunk: AudioChunk) {
        if isOpen {
            chunks.append(chunk)
            samples += chunk.sampleCount
            while samples > limit, chunks.count > 1 { samples -= chunks.removeFirst().sampleCount }
            live?.yield(chunk)
        }
        recent.append(chunk)
        recentSamples += chunk.sampleCount
        while recentSamples > recentLimit, recent.count > 1 { recentSamples -= recent.removeFirst().sampleCount }
    }

    /// Begins a turn, or takes the present one from its beginning, and returns its audio.
    mutating func listen() -> CallerSpeech {
        if !isOpen {
            isOpen = true
            chunks = recent
            samples = recentSamples
        }
        live?.finish()
        // Bounded by the longest turn: what is yielded while nobody reads is what a turn may hold.
        let (stream, continuation) = AsyncStream.makeStream(of: AudioChunk.self)
        for chunk in chunks { continuation.yield(chunk) }
        live = continuation
        return CallerSpeech(stream)
    }

    /// Ends the audio of the turn for whoever recognizes it; more may come, for another.
    mutating func pause() {
        live?.finish()
        live = nil
    }

    /// Forgets the turn.
    mutating func close() {
        pause()
        isOpen = false
        chunks = []
        samples = 0
    }
}
