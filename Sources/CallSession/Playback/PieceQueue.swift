// SPDX-License-Identifier: Apache-2.0
import CallModel

/// An utterance's audio as linear samples: what waits, and behind it some of what is used up, to which one may go back.
struct PieceQueue: Sendable {
    /// Samples that wait.
    private(set) var available = 0
    private var pieces: [[Int16]] = []
    private var piece = 0
    private var offset = 0
    private var lent = 0
    /// Samples of pieces that are used up and kept.
    private var usedUp = 0
    /// Used-up samples that are kept at least; nil for all of them.
    private let kept: Int?

    init(keeping kept: Int?) { self.kept = kept }

    /// Samples in memory, used up or not.
    var inMemory: Int { pieces.reduce(0) { $0 + $1.count } }

    /// Used-up samples to which one may go back.
    var behind: Int { usedUp + offset }

    mutating func append(_ samples: [Int16]) {
        pieces.append(samples)
        available += samples.count
    }

    /// Appends a copy to the one piece there is, for sources that reuse their buffer; what was used up makes room.
    mutating func appendLive(_ samples: Span<Int16>) {
        if pieces.isEmpty { pieces.append([]) }
        if offset > 0, offset * 2 >= pieces[0].count {
            pieces[0].removeFirst(offset)
            offset = 0
        }
        pieces[0].append(copying: samples)
        available += samples.count
    }

    /// Drops the oldest waiting samples of the one piece beyond `limit`; returns how many.
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
        guard kept != 0, offset == pieces[piece].count else { return }
        offset = 0
        usedUp += pieces[piece].count
        piece += 1
        guard let kept else { return }
        while piece > 16, usedUp - pieces[0].count >= kept { forget(8) }
    }

    private mutating func forget(_ count: Int) {
        for old in pieces.prefix(count) { usedUp -= old.count }
        pieces.removeFirst(count)
        piece -= count
    }

    /// Makes up to `count` used-up samples wait again.
    mutating func goBack(_ count: Int) {
        var left = max(0, behind - count)
        available += behind - left
        (piece, offset, usedUp) = (0, 0, 0)
        while piece < pieces.count, left >= pieces[piece].count {
            left -= pieces[piece].count
            usedUp += pieces[piece].count
            piece += 1
        }
        offset = left
    }

    /// The sum of the squares of `count` samples that begin so many used-up ones back.
    func energy(back: Int, _ count: Int) -> Float {
        var (index, left) = (0, behind - back)
        while index < pieces.count, left >= pieces[index].count {
            left -= pieces[index].count
            index += 1
        }
        var sum: Float = 0
        for _ in 0..<count where index < pieces.count {
            let sample = Float(pieces[index][left])
            sum += sample * sample
            left += 1
            if left == pieces[index].count { (index, left) = (index + 1, 0) }
        }
        return sum
    }
}
