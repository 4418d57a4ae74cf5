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
    /// Its first frame was given to the platform, or, after an interruption that was taken back, the first of its rest.
    var hasStarted = false
    /// The bot was told that it began.
    var isAnnounced = false
    /// What is said in it.
    var text = SpokenText()
    /// Where in it the caller was when it was interrupted last.
    var stoppedAt: Duration = .zero
    /// Its sample at which playing began, or went on.
    private(set) var resumePoint = 0
    /// The ledger's position of the sample at ``resumePoint``, once it has started.
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

    /// Its audio, unless it is ``coded``.
    private(set) var linear: PieceQueue
    /// Its audio, where it is in the wire's own encoding.
    private var coded: CodedQueue?
    /// Samples that ever came.
    private(set) var total = 0

    /// Used-up audio of a stream that is kept, should an interruption be taken back, in seconds.
    private static let keptSeconds = 3

    init(id: PlaybackID, source: Source, policy: InterruptionPolicy, sampleRate: Int, isClosed: Bool = false) {
        self.id = id
        self.source = source
        self.policy = policy
        self.sampleRate = sampleRate
        self.isClosed = isClosed
        linear =
            switch source {
            case .prompt: PieceQueue(keeping: nil)
            case .stream, .relay: PieceQueue(keeping: Self.keptSeconds * sampleRate)
            case .live: PieceQueue(keeping: 0)
            }
    }

    /// Samples that wait, at ``sampleRate``.
    var available: Int { coded?.samples ?? linear.available }

    /// Samples that were used up.
    var used: Int { total - available }

    /// What the pacer asks for with every frame.
    struct State {
        var hasStarted: Bool
        var isClosed: Bool
        var isCoded: Bool
        var available: Int
        /// When its last audio came; nil where it does not matter, because its source says itself when it is complete.
        var lastAudio: CallInstant?

        /// Whether all of it was drawn.
        var isDrawn: Bool { isClosed && available == 0 }
    }

    /// Where it stands; a mutating getter, so that nobody has to copy all of it for that.
    var state: State {
        mutating get {
            State(
                hasStarted: hasStarted,
                isClosed: isClosed,
                isCoded: isCoded,
                available: available,
                lastAudio: source == .relay ? nil : lastAudio
            )
        }
    }

    /// Whether it goes out as it came in.
    var isCoded: Bool { coded != nil }

    /// The ledger's position behind its last sample.
    var endPosition: Int64 { startPosition + written }

    mutating func append(_ samples: [Int16], at now: CallInstant) {
        guard !samples.isEmpty else { return }
        linear.append(samples)
        noteAppended(samples.count, at: now)
    }

    /// Appends a copy, for sources that reuse their buffer.
    mutating func appendLive(_ samples: Span<Int16>, at now: CallInstant) {
        guard samples.count > 0 else { return }
        linear.appendLive(samples)
        noteAppended(samples.count, at: now)
    }

    /// Says that all its audio comes in the wire's encoding.
    mutating func becomeCoded(_ encoding: AudioEncoding) {
        coded = CodedQueue(encoding, keeping: Self.keptSeconds * sampleRate)
    }

    /// Appends audio in the wire's own encoding.
    mutating func append(coded bytes: Span<UInt8>, at now: CallInstant) {
        let before = available
        coded?.append(bytes)
        noteAppended(available - before, at: now)
    }

    /// Adds the text of the audio that is appended next.
    mutating func appendText(_ marks: [TextMark]) { text.append(marks, at: total, sampleRate: sampleRate) }

    private mutating func noteAppended(_ count: Int, at now: CallInstant) {
        total += count
        if firstAudio == nil { firstAudio = now }
        lastAudio = now
    }

    /// Whether something of it was written before.
    var continues: Bool { mutating get { written > 0 } }

    /// Books a frame of it that was written: samples of the wire, and how many of them are its own.
    ///
    /// - Returns: samples since the last mark.
    mutating func wrote(_ frame: Int, content: Int) -> Int64 {
        written += Int64(frame)
        writtenContent += Int64(content)
        sinceMark += Int64(frame)
        return sinceMark
    }

    /// Drops the oldest waiting samples of a live source beyond `limit`; returns how many.
    mutating func trimLive(to limit: Int) -> Int { linear.trimLive(to: limit) }

    /// Goes back to where the caller was, after `heard` samples of the wire since ``resumePoint``, or a little before:
    /// to the beginning of a word, or the softest spot.
    mutating func rewind(heard: Int64, wireRate: Int) {
        guard source != .live else { return }
        let place = min(used, resumePoint + Int(heard * Int64(sampleRate) / Int64(wireRate)))
        stoppedAt = .nanoseconds(Int64(place) * 1_000_000_000 / Int64(sampleRate))
        let point = text.begin(before: place, notBefore: place - sampleRate * 3 / 2) ?? softSpot(before: place)
        let back = used - min(point, used)
        if coded == nil { linear.goBack(back) } else { coded?.goBack(back) }
        resumePoint = used
        hasStarted = false
        written = 0
        writtenContent = 0
        sinceMark = 0
    }

    /// The place within half a second before `place` around which 20 ms are the softest.
    private func softSpot(before place: Int) -> Int {
        let (used, frame) = (used, sampleRate / 50)
        var softest = (place: place, energy: Float.infinity)
        var start = place - frame
        while start >= max(used - (coded?.behind ?? linear.behind), place - sampleRate / 2) {
            let energy = coded?.energy(back: used - start, frame) ?? linear.energy(back: used - start, frame)
            // Of spots that are alike the latest is taken: as little as can be is said twice.
            if energy < softest.energy { softest = (start + frame / 2, energy) }
            start -= frame / 2
        }
        return softest.place
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
        isCoded ? audio.holdsFrame(samples: available) : audio.fill(from: &linear, rate: sampleRate)
    }

    /// Takes a frame of audio in the wire's own encoding, cut as `audio` cuts.
    mutating func takeCodedFrame(_ audio: inout OutboundAudio, into bytes: inout [UInt8]) -> (content: Int, frame: Int)?
    {
        // Its memory has one owner, so that what is taken is not copied first.
        guard var waiting = coded.take() else { return nil }
        defer { coded = waiting }
        return audio.takeFrame(from: &waiting, isLast: isClosed, into: &bytes)
    }

    /// What was said of its text when the caller had heard this much of it.
    func heardText(at time: Duration) -> String {
        text.heard(by: Int(time.wholeNanoseconds * Int64(sampleRate) / 1_000_000_000), of: total)
    }

    /// All of its text.
    var wholeText: String { text.heard(by: .max, of: total) }
}
