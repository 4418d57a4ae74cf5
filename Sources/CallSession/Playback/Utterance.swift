// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

/// One stretch of audio on its way to the caller: a prompt, streamed speech, or what a stage writes.
struct Utterance: Sendable {
    /// Where its audio comes from, which decides when it may start.
    enum Source: Sendable, Equatable {
        /// All there from the beginning.
        case prompt
        /// Fed piece by piece; starts after a threshold.
        case stream
        /// Fed in real time by a stage; starts at once.
        case live
        /// Fed by a relay, in whatever pieces; starts at once and ends when the relay says so.
        case relay
    }

    let id: PlaybackID
    let source: Source
    let policy: InterruptionPolicy
    let sampleRate: Int
    /// Requests that await its end.
    var requests: [RequestID] = []
    /// No more audio will come.
    var isClosed: Bool
    /// Its first frame was given to the platform.
    var hasStarted = false
    /// The ledger's position of its first sample, once it has started.
    var startPosition: Int64 = 0
    /// Samples of the wire written so far, padding included.
    var written: Int64 = 0
    /// Samples of the wire written so far that are its own.
    var writtenContent: Int64 = 0
    /// When its first audio came, and its last.
    var firstAudio: CallInstant?
    var lastAudio: CallInstant?
    /// Samples since the last mark.
    var sinceMark: Int64 = 0

    /// Room that its waiting audio takes in the playback queue, in nanoseconds.
    var credit: Int64 = 0

    /// What waits, where it is in the wire's own encoding.
    var coded: CodedQueue?
    private var pieces: [[Int16]] = []
    private var piece = 0
    private var offset = 0
    private var lent = 0
    /// Samples that wait, at ``sampleRate``.
    private(set) var available = 0

    init(id: PlaybackID, source: Source, policy: InterruptionPolicy, sampleRate: Int, isClosed: Bool = false) {
        self.id = id
        self.source = source
        self.policy = policy
        self.sampleRate = sampleRate
        self.isClosed = isClosed
    }

    /// Samples in memory, used up or not.
    var keptSamples: Int { pieces.reduce(0) { $0 + $1.count } }

    /// The ledger's position behind its last sample.
    var endPosition: Int64 { startPosition + written }

    mutating func append(_ samples: [Int16], at now: CallInstant) {
        guard !samples.isEmpty else { return }
        pieces.append(samples)
        available += samples.count
        if firstAudio == nil { firstAudio = now }
        lastAudio = now
    }

    /// Appends audio in the wire's own encoding.
    mutating func append(coded bytes: Span<UInt8>, at now: CallInstant) {
        coded?.append(bytes)
        available = coded?.samples ?? 0
        if firstAudio == nil { firstAudio = now }
        lastAudio = now
    }

    /// Takes a frame of audio in the wire's own encoding, cut as `audio` cuts.
    mutating func takeCodedFrame(_ audio: OutboundAudio, into bytes: inout [UInt8]) -> (content: Int, frame: Int)? {
        guard var waiting = coded else { return nil }
        // Its memory has one owner, so that what is taken is not copied first.
        coded = nil
        defer {
            available = waiting.samples
            coded = waiting
        }
        return audio.takeFrame(from: &waiting, isLast: isClosed, into: &bytes)
    }

    /// Appends a copy to the one piece there is, for sources that reuse their buffer; what was used up makes room.
    mutating func appendLive(_ samples: [Int16], at now: CallInstant) {
        guard !samples.isEmpty else { return }
        if pieces.isEmpty { pieces.append([]) }
        if offset > 0, offset * 2 >= pieces[0].count {
            pieces[0].removeFirst(offset)
            offset = 0
        }
        pieces[0].append(contentsOf: samples)
        available += samples.count
        if firstAudio == nil { firstAudio = now }
        lastAudio = now
    }

    /// Drops the oldest waiting samples of a live source beyond `limit`; returns how many.
    mutating func trimLive(to limit: Int) -> Int {
        let excess = max(0, available - limit)
        offset += excess
        available -= excess
        return excess
    }

    /// Lends up to `maximum` of the waiting samples; ``drop()`` is to follow.
    mutating func withNext(_ maximum: Int, _ body: (Span<Int16>) -> Void) {
        let next = pieces[piece]
        lent = min(maximum, next.count - offset)
        body(next.span.extracting(offset..<offset + lent))
    }

    /// Drops the samples lent last.
    mutating func drop() {
        available -= lent
        offset += lent
        lent = 0
        // A live source has one piece, whose memory `appendLive` uses again.
        guard source != .live, offset == pieces[piece].count else { return }
        offset = 0
        pieces[piece] = []
        piece += 1
        guard piece > 16 else { return }
        pieces.removeFirst(piece)
        piece = 0
    }

    /// Returns the room that `samples` of a stream took, for each sample once; all that is left for nil.
    mutating func takeCredit(for samples: Int? = nil) -> Int64 {
        let share = samples.map { Int64($0) * 1_000_000_000 / Int64(sampleRate) } ?? credit
        let returned = min(share, credit)
        credit -= returned
        return returned
    }

    /// Hands samples to `audio` until a frame is there; false when there are not enough.
    mutating func fill(_ audio: inout OutboundAudio) -> Bool {
        coded == nil ? audio.fill(from: &self) : audio.holdsFrame(samples: available)
    }
}
