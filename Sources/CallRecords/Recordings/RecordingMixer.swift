// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import TelephonyAudio

/// Lays both sides of a call on one clock, as its tap tells of them: what the caller said by its samples, what the bot said
/// where the caller heard it.
///
/// A stretch of the bot's audio that is played without a pause stays in one piece. It begins when a platform without delay
/// would play it, and later by the platform's delay where marks have told it. What was taken back is cut out before it is
/// final: nothing is that is not half a second old.
struct RecordingMixer: Sendable {
    /// How old what is final is.
    private static let age: Int64 = 400_000_000
    /// How long a caller's audio that does not come is waited for.
    private static let patience: Int64 = 700_000_000
    /// How much the first audio of a caller's may be late.
    private static let firstJitter: Int64 = 30_000_000
    /// Longest that a side is ahead of what is final, in seconds.
    private static let length = 4

    /// Samples per second of both sides.
    let rate: SampleRate
    private let format: AudioFormat
    private let outboundFormat: AudioFormat
    private var recorder: StereoWAVRecorder
    private var clock: RecordingClock
    private var resampler: Resampler?
    private var samples: [Int16] = []
    private var converted: [Int16] = []

    // The caller.
    private let firstSample: Int64
    private var gap = 0
    private var callerEnd = 0
    private var hasHeardCaller = false

    // The bot.
    private var runStart = 0
    private var botEnd = 0
    private var runDelay: Int64 = -1
    /// When a platform without delay has played what was sent; nil before the first audio and after a cut.
    private var sentUntil: Int64?
    /// Where the recording ends.
    private var end: Int?

    /// A recording that begins with this entry; nil where a rate is none that can be recorded.
    init?(_ entry: TapEntry, format: AudioFormat, outboundFormat: AudioFormat) {
        guard let rate = SampleRate(rawValue: format.sampleRate),
            let outboundRate = SampleRate(rawValue: outboundFormat.sampleRate)
        else { return nil }
        self.rate = rate
        self.format = format
        self.outboundFormat = outboundFormat
        recorder = StereoWAVRecorder(rate: rate, seconds: Self.length)
        clock = RecordingClock(rate: rate.rawValue, at: entry.time)
        if rate != outboundRate { resampler = Resampler(from: outboundRate, to: rate) }
        firstSample = entry.first
    }

    /// Whether all was told.
    var isOver: Bool { end != nil }
    /// Samples of each side that are final and were drained.
    var drained: Int { recorder.drained }

    /// Takes what the tap told.
    mutating func take(_ entry: TapEntry, _ bytes: [UInt8]) {
        guard end == nil else { return }
        switch entry.kind {
        case .began: break
        case .caller, .callerUnheard: takeCaller(bytes, entry)
        case .bot: takeBot(bytes, entry)
        case .botUnheard: takeSilence(entry)
        case .cut: cut(entry.first, at: entry.time)
        case .ended: end = max(callerEnd, clock.position(at: entry.time), recorder.drained)
        }
    }

    /// Appends what is final at `now` to `bytes`, interleaved.
    mutating func drain(at now: CallInstant, into bytes: inout [UInt8]) {
        let position = end ?? final(at: now)
        let count = (position - recorder.drained) * StereoWAVRecorder.bytesPerSample
        guard count > 0 else { return }
        let start = bytes.count
        bytes.append(0, times: count)
        Self.drain(&recorder, to: position, into: &bytes, from: start)
    }

    private func final(at now: CallInstant) -> Int {
        let present = clock.position(at: now)
        return min(present - clock.samples(Self.age), max(callerEnd, present - clock.samples(Self.patience)))
    }

    private static func drain(
        _ recorder: inout StereoWAVRecorder,
        to position: Int,
        into bytes: inout [UInt8],
        from start: Int
    ) {
        var all = bytes.mutableSpan
        var room = all._mutatingExtracting(start..<all.count)
        _ = recorder.drain(to: position, into: &room)
    }
}

// The caller.
extension RecordingMixer {
    private mutating func takeCaller(_ bytes: [UInt8], _ entry: TapEntry) {
        let now = entry.time
        let count = entry.byteCount / format.encoding.bytesPerSample
        var position = Int(entry.first - firstSample) + gap
        if !hasHeardCaller {
            hasHeardCaller = true
            let missing = clock.position(at: now) - count - position
            if missing > clock.samples(Self.firstJitter) { (gap, position) = (gap + missing, position + missing) }
        }
        if position < recorder.drained {
            // Nobody waited for it any more: the platform sent nothing for a while.
            let place = max(recorder.drained, clock.position(at: now) - count)
            gap += place - position
            position = place
        }
        if entry.kind == .caller {
            Self.decode(bytes, format.encoding, into: &samples)
            Self.layCaller(samples, count, at: position, in: &recorder)
        }
        callerEnd = max(callerEnd, position + count)
        gap += clock.heard(count, endingAt: position + count, at: now)
    }

    private static func layCaller(_ samples: [Int16], _ count: Int, at place: Int, in recorder: inout StereoWAVRecorder)
    {
        recorder.recordCaller(samples.span.extracting(0..<count), at: place)
    }

    @discardableResult
    private static func decode(_ bytes: [UInt8], _ encoding: AudioEncoding, into samples: inout [Int16]) -> Int {
        let count = bytes.count / encoding.bytesPerSample
        if samples.count < count { samples = [Int16](repeating: 0, count: count) }
        var room = samples.mutableSpan
        switch encoding {
        case .linear16: LittleEndianPCM.decode(bytes.span, into: &room)
        case .muLaw: G711.muLaw.decode(bytes.span, into: &room)
        case .aLaw: G711.aLaw.decode(bytes.span, into: &room)
        }
        return count
    }
}

// The bot.
extension RecordingMixer {
    private mutating func takeBot(_ bytes: [UInt8], _ entry: TapEntry) {
        let isNew = place(entry, samples: bytes.count / outboundFormat.encoding.bytesPerSample)
        var count = Self.decode(bytes, outboundFormat.encoding, into: &samples)
        guard resampler != nil else {
            Self.layBot(samples, count, at: botEnd, in: &recorder)
            return botEnd += count
        }
        if isNew { resampler?.reset() }
        count = Self.convert(samples, count, with: &resampler, into: &converted)
        Self.layBot(converted, count, at: botEnd, in: &recorder)
        botEnd += count
    }

    private mutating func takeSilence(_ entry: TapEntry) {
        let count = entry.byteCount / outboundFormat.encoding.bytesPerSample
        place(entry, samples: count)
        botEnd += scaled(count)
    }

    /// Finds where audio of so many samples of the wire belongs; whether that is a new stretch.
    @discardableResult
    private mutating func place(_ entry: TapEntry, samples count: Int) -> Bool {
        let start = entry.first
        let sentBefore = sentUntil
        sentUntil = start + Int64(count) * 1_000_000_000 / Int64(outboundFormat.sampleRate)
        // A microsecond: times are rounded.
        if let sentBefore, start <= sentBefore + 1_000 {
            learn(delay: entry.second)
            return false
        }
        let delay = max(0, entry.second)
        let target = clock.position(at: CallInstant(nanoseconds: start + delay))
        guard sentBefore == nil || target > botEnd else { return false }
        botEnd = max(botEnd, target, recorder.drained)
        (runStart, runDelay) = (botEnd, entry.second)
        return true
    }

    /// The platform's delay is known now: a stretch that began without it, and is not final, is played so much later.
    private mutating func learn(delay: Int64) {
        guard delay >= 0, runDelay < 0 else { return }
        runDelay = delay
        let later = clock.samples(delay)
        guard later > 0, runStart >= recorder.drained else { return }
        recorder.moveBot(from: runStart, to: botEnd, later: later)
        runStart += later
        botEnd += later
    }

    private mutating func cut(_ samples: Int64, at now: CallInstant) {
        botEnd = max(recorder.drained, botEnd - scaled(Int(samples)))
        recorder.cutBot(from: botEnd)
        sentUntil = nil
    }

    /// Samples of the wire to the platform, at the recording's rate.
    private func scaled(_ samples: Int) -> Int { samples * rate.rawValue / outboundFormat.sampleRate }

    private static func layBot(_ samples: [Int16], _ count: Int, at place: Int, in recorder: inout StereoWAVRecorder) {
        recorder.recordBot(samples.span.extracting(0..<count), at: place)
    }

    private static func convert(
        _ samples: [Int16],
        _ count: Int,
        with resampler: inout Resampler?,
        into converted: inout [Int16]
    ) -> Int {
        guard let most = resampler?.maximumOutput(for: count) else { return 0 }
        if converted.count < most { converted = [Int16](repeating: 0, count: most) }
        var room = converted.mutableSpan
        return resampler?.process(samples.span.extracting(0..<count), into: &room).produced ?? 0
    }
}
