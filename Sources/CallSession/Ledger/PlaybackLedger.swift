// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import VoiceBridge

/// The one account of the audio a call was given: sent, taken back, and heard so far, to the sample.
///
/// Two clocks answer "how much was heard": one of a player without any delay, which no platform can be ahead of, and one
/// that honest marks correct. Positions count samples that were sent and not taken back, so that an utterance keeps its place
/// when an earlier one is cut short.
package struct PlaybackLedger: Sendable {
    /// How much early a mark may be and still count as honest: players announce a frame when they fetch it.
    static let markTolerance: Duration = .milliseconds(45)
    /// How much late a mark may be and still measure the platform's delay.
    static let markLateness: Duration = .milliseconds(900)
    /// How long an answer to a mark is waited for beyond the expected end (design rule: 10 s).
    static let markPatience: Duration = .seconds(10)
    /// Most marks that may be open; the oldest beyond is forgotten, which counts as never answered.
    static let maximumMarks = 512
    /// How far the clock alone may run ahead of the platform.
    static let clockSlack: Duration = .milliseconds(250)

    private enum Trust: Sendable { case untested, good, late, suspect }

    /// Samples per second of the wire.
    package let sampleRate: Int
    /// Samples given to the platform.
    package private(set) var sent: Int64 = 0
    /// Samples of those that were taken back before the caller heard them.
    package private(set) var takenBack: Int64 = 0
    /// Raised by every flush; names of marks carry it.
    package private(set) var generation: UInt64 = 1
    /// How often, and how long in all, the player ran dry inside an utterance.
    package private(set) var underruns = 0
    /// How long in all the player was dry inside an utterance.
    package private(set) var underrunTime: Duration = .zero

    /// The platform's delay, from when audio is written to when honest marks say that it is played; nil while none did.
    ///
    /// The least of what was measured, for only what is late varies; it may grow by a little with each mark.
    private(set) var measuredDelay: Duration?
    private static let delayGrowth: Duration = .milliseconds(1)

    private var earliest: PlaybackClock
    private var expected: PlaybackClock
    private var proved: Int64 = 0
    private var trust = Trust.untested
    private var marks: [PlaybackMark] = []
    private var nextMark: UInt64 = 1
    /// Where audio was last taken back, and what may have been heard by then.
    private var base: Int64 = 0
    private var baseBounds: ClosedRange<Int64> = 0...0

    /// An account for a wire of `sampleRate` samples per second.
    package init(sampleRate: Int) {
        self.sampleRate = sampleRate
        self.earliest = PlaybackClock(sampleRate: sampleRate)
        self.expected = PlaybackClock(sampleRate: sampleRate)
    }

    /// Marks that are awaited.
    var openMarks: Int { marks.count }

    /// Samples given to the platform and not taken back.
    package var kept: Int64 { sent - takenBack }

    /// When a platform without any delay will have played everything.
    package var earliestEnd: CallInstant { earliest.end }

    /// When the platform will have played everything, by the best clock there is.
    package var expectedEnd: CallInstant { max(expected.end, earliest.end) }

    /// Books `count` samples written at `now`; `continues` when they belong to the utterance of the samples before.
    package mutating func write(_ count: Int, continues: Bool, at now: CallInstant) {
        sent += Int64(count)
        let dryByDesign = earliest.write(count, at: now)
        let dry = expected.write(count, at: now)
        let gap = trust == .good ? dry : dryByDesign
        if continues, gap > .zero {
            underruns += 1
            underrunTime += gap
        }
    }

    /// Opens a mark at the present end of the audio and names it.
    package mutating func mark() -> String {
        if marks.count == Self.maximumMarks { marks.removeFirst() }
        let number = nextMark
        nextMark += 1
        marks.append(
            PlaybackMark(
                number: number,
                position: kept,
                earliest: earliestEnd,
                deadline: expectedEnd + Self.markPatience
            )
        )
        return "vb-\(generation)-\(number)"
    }

    /// Takes the platform's answer to a mark.
    package mutating func receive(mark name: String, at now: CallInstant) -> MarkVerdict {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "vb", let answered = UInt64(parts[1]), let number = UInt64(parts[2]),
            number < nextMark
        else { return .unknown }
        guard answered == generation else { return answered < generation ? .flushed : .unknown }
        guard let index = marks.firstIndex(where: { $0.number == number }) else { return .unknown }
        let mark = marks[index]
        marks.removeSubrange(...index)
        guard now + Self.markTolerance >= mark.earliest else {
            trust = .suspect
            // What the clocks say stands; what marks had proved does not.
            proved = base
            return .suspect
        }
        guard trust != .suspect else { return .suspect }
        guard now >= mark.earliest else { return .early }
        proved = max(proved, mark.position)
        guard now - mark.earliest <= Self.markLateness else {
            if trust != .good { trust = .late }
            return .late
        }
        trust = .good
        expected.anchor(remaining: kept - mark.position, at: now)
        let delay = max(.zero, expected.end - earliest.end)
        measuredDelay = min(delay, measuredDelay.map { $0 + Self.delayGrowth } ?? delay)
        return .honest
    }

    /// Takes back everything not yet heard; returns the position up to which the caller heard.
    package mutating func flush(at now: CallInstant) -> Int64 {
        let (low, heard, high) = reading.heardSamples(at: now)
        takenBack += kept - heard
        base = heard
        baseBounds = low...high
        generation += 1
        marks.removeAll(keepingCapacity: true)
        proved = heard
        earliest.anchor(remaining: 0, at: now)
        expected.anchor(remaining: 0, at: now)
        return heard
    }

    /// Whether the platform may still hold audio that the caller has not heard.
    package func mayHoldUnheard(at now: CallInstant) -> Bool {
        guard kept > base else { return false }
        return proved < kept && now < expectedEnd + Self.clockSlack
    }

    /// Until when to wait for everything sent to be heard before something final is said to the platform.
    ///
    /// An answered last mark ends the wait; a platform whose marks have been honest, or merely late, is waited for 10 s beyond
    /// the expected end; with no marks to go by it is the expected end and a slack of 250 ms.
    package func drainDeadline(slack: Duration) -> CallInstant? {
        guard kept > base, proved < kept else { return nil }
        switch trust {
        case .good, .late:
            if let last = marks.last, last.position == kept { return last.deadline }
            return expectedEnd + slack
        case .untested, .suspect:
            return expectedEnd + slack
        }
    }

    /// When the caller will have heard up to `position`, by the best clock.
    package func expectedTime(of position: Int64) -> CallInstant {
        let after = kept - position
        return expectedEnd - .nanoseconds(after * 1_000_000_000 / Int64(sampleRate))
    }

    /// The account as it stands, for others to read heard positions from.
    package var reading: LedgerReading {
        LedgerReading(
            sampleRate: sampleRate,
            kept: kept,
            expectedEnd: expectedEnd,
            earliestEnd: earliestEnd,
            proved: proved,
            confidence: sent == 0 ? .none : trust == .good ? .mark : .clock,
            clockSlack: Self.clockSlack,
            base: base,
            baseBounds: baseBounds
        )
    }
}
