// SPDX-License-Identifier: Apache-2.0

/// The platform's playback buffer: audio waits in it and is played to the caller by the platform's own clock.
///
/// Time is a position: how many samples of the clock have begun. Audio plays from the position at which it arrives (or
/// a fixed delay later, when nothing is being played), without gaps as long as there is some, and what a clear takes
/// back before its position has come is never heard.
///
/// A **playback** is a stretch of audio. It ends when the buffer is empty and either nothing comes for the pause
/// threshold, or the server says it has ended (`response.audio.done`, clear, hang-up, transfer), or the caller presses
/// a key. An empty buffer followed by more audio of the same playback is an **underrun**; the silence after a
/// playback's end is none.
struct PlaybackBuffer: Sendable {
    /// How arriving audio joins what is there.
    enum Arrival: Equatable {
        case begins
        case continues
        /// After so many samples of silence that should have been audio.
        case resumes(gap: Int)
    }

    private(set) var count = PlaybackCount()
    /// What the caller heard, and behind the position what is still to come; empty when not kept.
    private(set) var sound: [Int16] = []
    /// Samples of the clock that have begun.
    private(set) var position = 0
    /// Where the audio that waits ends.
    private(set) var tail = 0
    /// Where the audio that waits began, no later than `tail`.
    private var head = 0
    private var isInPlayback = false
    private let delay: Int
    private let pause: Int
    private let keepsSound: Bool

    /// An empty buffer.
    ///
    /// - Parameters:
    ///   - delay: samples that a playback is held back.
    ///   - pause: samples of emptiness that end a playback.
    ///   - keepsSound: whether what is heard is kept.
    init(delay: Int, pause: Int, keepsSound: Bool) {
        self.delay = delay
        self.pause = pause
        self.keepsSound = keepsSound
    }

    /// Samples that wait.
    var depth: Int { max(0, tail - position) }

    /// Samples played so far.
    var heard: Int { count.received - count.cleared - count.cut - waiting }

    private var waiting: Int { max(0, tail - max(head, position)) }

    /// The clock has come to `position`; earlier positions are ignored.
    mutating func advance(to position: Int) {
        self.position = max(self.position, position)
    }

    /// Takes audio that arrives at the position.
    mutating func receive(_ samples: [Int16]) -> Arrival {
        let arrival = arrive()
        count.received += samples.count
        tail += samples.count
        count.maximumDepth = max(count.maximumDepth, depth)
        if keepsSound {
            fillSilence(to: tail - samples.count)
            sound.append(contentsOf: samples)
        }
        return arrival
    }

    /// Takes back what has not been played; the samples taken.
    mutating func clear() -> Int {
        let taken = drop()
        count.cleared += taken
        if taken > 0 { count.interruptions += 1 }
        return taken
    }

    /// The call is over for the caller: the samples that have not been played and never will be.
    mutating func cutOff() -> Int {
        let lost = drop()
        count.cut += lost
        return lost
    }

    /// The server says that the playback ends with what it sent.
    mutating func endPlayback() {
        isInPlayback = false
    }

    /// The caller pressed a key: what comes next answers it.
    mutating func callerActed() {
        if depth == 0 { isInPlayback = false }
    }

    /// The counts and the sound up to the position.
    func settled() -> (count: PlaybackCount, sound: [Int16]) {
        var settled = self
        settled.count.heard = heard
        guard keepsSound else { return (settled.count, []) }
        settled.fillSilence(to: position)
        return (settled.count, Array(settled.sound.prefix(position)))
    }

    /// The loudest of the last `span` samples that were played, 0 … 32768.
    func peak(of span: Int) -> Int {
        guard keepsSound, position > 0 else { return 0 }
        let end = min(position, sound.count)
        let start = max(0, position - span)
        return start < end ? sound[start..<end].reduce(0) { max($0, abs(Int($1))) } : 0
    }

    private mutating func arrive() -> Arrival {
        defer { isInPlayback = true }
        if tail > position || isInPlayback && tail == position { return .continues }
        let gap = position + delay - tail
        if isInPlayback, position - tail < pause {
            count.underruns += 1
            count.underrunSamples += gap
            start()
            return .resumes(gap: gap)
        }
        count.playbacks += 1
        start()
        return .begins
    }

    private mutating func start() {
        head = position + delay
        tail = head
    }

    private mutating func drop() -> Int {
        let dropped = waiting
        if keepsSound, sound.count > position { sound.removeLast(sound.count - position) }
        tail = min(tail, position)
        head = min(head, tail)
        isInPlayback = false
        return dropped
    }

    private mutating func fillSilence(to index: Int) {
        if sound.count < index { sound.append(contentsOf: repeatElement(0, count: index - sound.count)) }
    }
}
