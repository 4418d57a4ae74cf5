// SPDX-License-Identifier: Apache-2.0

/// How the other side's speech and silence lie since the call was answered, in samples.
struct Greeting: Sendable {
    /// Where the first speech began.
    private(set) var start: Int?
    /// Where the silence that goes on began; nil in speech.
    private(set) var silenceStart: Int? = 0
    /// Speech so far, without the stretch that goes on.
    private var spoken = 0
    private var speechStart = 0
    /// Whole silences of the wanted length behind speech.
    private(set) var rounds = 0
    private var counted = 0

    /// Speech began.
    mutating func speechStarted(at place: Int) {
        if start == nil { start = place }
        (speechStart, silenceStart, counted) = (place, nil, 0)
    }

    /// Speech ended, or no more audio comes.
    mutating func speechEnded(at place: Int) {
        guard silenceStart == nil else { return }
        spoken += max(place - speechStart, 0)
        silenceStart = place
    }

    /// Counts the silence that goes on; several of the wanted length may follow each other.
    mutating func countSilence(of length: Int, at now: Int) {
        guard start != nil, let silenceStart else { return }
        let whole = (now - silenceStart) / max(length, 1)
        rounds += max(whole - counted, 0)
        counted = max(whole, counted)
    }

    /// From the first speech to the end of the last.
    func length(at now: Int) -> Int { start.map { (silenceStart ?? now) - $0 } ?? 0 }

    /// Speech of it.
    func spoken(at now: Int) -> Int { spoken + (silenceStart == nil ? now - speechStart : 0) }
}
