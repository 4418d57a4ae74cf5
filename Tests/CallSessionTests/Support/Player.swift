// SPDX-License-Identifier: Apache-2.0

/// What a platform does with audio, by code of its own: plays in real time, clears, answers marks in a chosen way.
///
/// Times are nanoseconds. A player that is dry begins to play `delay` after the next samples arrive.
struct Player {
    /// How marks are answered.
    enum Marks: String, CaseIterable, Sendable {
        case honest, never, late, echo, burst, duplicated, wrongName
    }

    /// Samples that lie one behind the other in time.
    private struct Piece {
        var origin: Int64
        /// Samples played between `origin` and the piece's first.
        var offset: Int64
        var count: Int64
    }

    struct Answer {
        var time: Int64
        var name: String
    }

    let rate: Int64
    let delay: Int64
    let mode: Marks
    /// Samples given, ever.
    private(set) var given: Int64 = 0
    /// Samples that a clear threw away.
    private(set) var cleared: Int64 = 0
    /// Gaps between pieces, and how long they were in all.
    private(set) var gaps: [Int64] = []
    private var pieces: [Piece] = []
    /// Samples of pieces that are no longer listed: heard for certain.
    private var past: Int64 = 0
    private var marks: [Answer] = []

    init(rate: Int, delay: Int64 = 0, mode: Marks = .honest) {
        self.rate = Int64(rate)
        self.delay = delay
        self.mode = mode
    }

    private func time(_ piece: Piece, _ samples: Int64) -> Int64 {
        let total = piece.offset + samples
        return piece.origin + total / rate * 1_000_000_000 + (total % rate * 1_000_000_000 + rate - 1) / rate
    }

    /// When everything given will have been played; nil when nothing was.
    var end: Int64? { pieces.last.map { time($0, $0.count) } }

    mutating func give(_ count: Int, at now: Int64) {
        given += Int64(count)
        if let last = pieces.last, let end, end >= now {
            if pieces.count > 64 { forget(before: now) }
            pieces.append(Piece(origin: last.origin, offset: last.offset + last.count, count: Int64(count)))
        } else {
            if let end { gaps.append(now + delay - end) }
            forget(before: now)
            pieces.append(Piece(origin: now + delay, offset: 0, count: Int64(count)))
        }
    }

    private mutating func forget(before now: Int64) {
        while let first = pieces.first, time(first, first.count) < now {
            past += first.count
            pieces.removeFirst()
        }
    }

    /// Samples heard by the caller at `now`, ever.
    func heard(at now: Int64) -> Int64 {
        past
            + pieces.reduce(0) { sum, piece in
                guard now > piece.origin else { return sum }
                let elapsed = now - piece.origin
                let whole = elapsed / 1_000_000_000 * rate + elapsed % 1_000_000_000 * rate / 1_000_000_000
                return sum + min(piece.count, max(0, whole - piece.offset))
            }
    }

    mutating func clear(at now: Int64) {
        let heard = heard(at: now)
        cleared += past + pieces.reduce(0) { $0 + $1.count } - heard
        past = heard
        pieces = []
        switch mode {
        case .burst: for index in marks.indices { marks[index].time = min(marks[index].time, now) }
        case .late: marks.removeAll { $0.time - 2_000_000_000 > now }
        default: marks.removeAll { $0.time > now }
        }
    }

    mutating func mark(_ name: String, at now: Int64) {
        let reached = max(now, end ?? now)
        switch mode {
        case .honest, .burst: marks.append(Answer(time: reached, name: name))
        case .never: break
        case .late: marks.append(Answer(time: reached + 2_000_000_000, name: name))
        case .echo: marks.append(Answer(time: now, name: name))
        case .duplicated: marks += [Answer(time: reached, name: name), Answer(time: reached, name: name)]
        case .wrongName: marks.append(Answer(time: reached, name: "x" + name))
        }
    }

    /// When the next mark is answered.
    var nextAnswer: Int64? { marks.first?.time }

    /// Takes the next mark's answer.
    mutating func takeAnswer() -> String { marks.removeFirst().name }
}
