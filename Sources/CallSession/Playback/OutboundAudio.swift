// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

/// Turns an utterance's samples into frames of the wire: converts the rate, cuts frames, pads the last, encodes.
struct OutboundAudio: Sendable {
    private let wire: AudioFormat
    /// Sizes of messages, in bytes of the wire.
    private let framing: AudioFraming
    /// Samples that are drawn before a frame is cut: one frame, and what must be known beyond it.
    private let wantedSamples: Int
    /// The time that one frame in the steady state takes.
    let frame: Duration
    private var converters: [(source: Int, resampler: Resampler)] = []
    private var converter: Int?
    /// Empty until the first utterance begins.
    private var pending: [Int16] = []
    private var pendingCount = 0
    private let measuresPower: Bool
    /// Power of the loudest 20 ms of the frame taken last, if it is measured.
    var framePower: Float { mutating get { measuredPower } }
    private var measuredPower: Float = 0

    /// Audio for a wire whose platform takes messages of these sizes; of one frame each where it has no rules.
    init(wire: AudioFormat, frame: Duration, framing: AudioFraming? = nil, measuresPower: Bool = false) {
        self.wire = wire
        self.measuresPower = measuresPower
        let width = wire.encoding.bytesPerSample
        let unit = max(1, wire.sampleCount(for: frame)) * width
        let rules = framing ?? AudioFraming(unit: unit, maximumFrames: 1)
        self.framing = rules.settled(on: max(unit, rules.bytesPerFrame), bytesPerSample: width)
        self.frame = wire.duration(ofSamples: self.framing.bytesPerFrame / width)
        wantedSamples = (self.framing.bytesPerFrame + self.framing.lookahead) / width
    }

    /// Begins an utterance of this rate: the converter starts from silence.
    mutating func begin(sampleRate: Int) {
        if pending.isEmpty { pending = [Int16](repeating: 0, count: wantedSamples + wire.sampleRate / 50 + 2) }
        pendingCount = 0
        converter = nil
        guard sampleRate != wire.sampleRate else { return }
        if let index = converters.firstIndex(where: { $0.source == sampleRate }) {
            converters[index].resampler.reset()
            converter = index
        } else if let source = SampleRate(rawValue: sampleRate), let target = SampleRate(rawValue: wire.sampleRate) {
            converters.append((sampleRate, Resampler(from: source, to: target)))
            converter = converters.count - 1
        }
    }

    /// Draws audio of this rate until a frame is there or no more of it waits; true when a whole frame is there.
    mutating func fill(from audio: inout PieceQueue, rate: Int) -> Bool {
        while pendingCount < wantedSamples, audio.available > 0 {
            audio.withNext(max(1, rate / 50)) { convert($0) }
            audio.drop()
        }
        return holdsFrame
    }

    /// Draws from an item's utterance, if it has one, until a frame is there; false when it has not enough.
    mutating func fill(from item: inout PlaybackItem) -> Bool { item.fill(&self) }

    /// Takes a frame of an item's utterance that is in the wire's own encoding.
    mutating func takeCodedFrame(
        from item: inout PlaybackItem,
        into bytes: inout [UInt8]
    ) -> (content: Int, frame: Int)? {
        item.utterance?.takeCodedFrame(&self, into: &bytes)
    }

    /// Ends the utterance, once it has no more: the converter's last sample joins what waits.
    mutating func finish() {
        guard let converter else { return }
        pendingCount += Self.flush(&converters[converter].resampler, into: &pending, at: pendingCount)
    }

    /// Whether a part of a frame waits.
    var hasRemainder: Bool { mutating get { pendingCount > 0 } }

    /// Whether a whole frame waits.
    var holdsFrame: Bool { mutating get { holdsFrame(samples: pendingCount) } }

    /// Appends one frame to `bytes` in the wire's encoding, the utterance's last one with silence where it must have more.
    ///
    /// - Parameters:
    ///   - isLast: whether what waits is all there is of the utterance.
    ///   - bytes: where the frame is appended.
    /// - Returns: how many samples of it were not silence, and how many it has; nil when too few wait.
    mutating func takeFrame(isLast: Bool, into bytes: inout [UInt8]) -> (content: Int, frame: Int)? {
        let width = wire.encoding.bytesPerSample
        guard let next = framing.next(waiting: pendingCount * width, isLast: isLast) else { return nil }
        let content = next.content / width
        let frameSamples = content + next.padding / width
        if measuresPower { measuredPower = Self.power(pending.span.extracting(0..<content), wire) }
        switch wire.encoding {
        case .linear16:
            let start = bytes.count
            bytes.append(0, times: frameSamples * 2)
            var all = bytes.mutableSpan
            var frame = all._mutatingExtracting(start..<all.count)
            LittleEndianPCM.encode(pending.span.extracting(0..<content), into: &frame)
        case .muLaw: append(.muLaw, content, of: frameSamples, to: &bytes)
        case .aLaw: append(.aLaw, content, of: frameSamples, to: &bytes)
        }
        pendingCount -= content
        if pendingCount > 0 { pending.moveToFront(pendingCount, from: content) }
        return (content, frameSamples)
    }

    /// The same for audio that waits in the wire's own encoding and goes out as it came in.
    mutating func takeFrame(
        from coded: inout CodedQueue,
        isLast: Bool,
        into bytes: inout [UInt8]
    ) -> (content: Int, frame: Int)? {
        let width = wire.encoding.bytesPerSample
        guard let next = framing.next(waiting: coded.samples * width, isLast: isLast) else { return nil }
        let start = bytes.count
        coded.take(next.content, padding: next.padding, into: &bytes)
        notePower(bytes.span.extracting(start..<start + next.content))
        return (next.content / width, (next.content + next.padding) / width)
    }

    /// Measures audio that was not decoded; what waits of other utterances, which is nothing then, gives the room.
    private mutating func notePower(_ bytes: Span<UInt8>) {
        measuredPower = 0
        let block = wire.sampleRate / 50
        guard measuresPower, pendingCount == 0, pending.count >= block else { return }
        let width = wire.encoding.bytesPerSample
        for start in stride(from: 0, to: bytes.count, by: block * width) {
            let end = min(bytes.count, start + block * width)
            let piece = bytes.extracting(start..<end)
            measuredPower = max(measuredPower, Self.power(piece, wire.encoding, by: &pending))
        }
    }

    private static func power(_ bytes: Span<UInt8>, _ encoding: AudioEncoding, by room: inout [Int16]) -> Float {
        var all = room.mutableSpan
        encoding.decode(bytes, into: &all)
        return SampleSums(all.span.extracting(0..<bytes.count / encoding.bytesPerSample)).power
    }

    /// Whether so many samples make a whole frame.
    func holdsFrame(samples: Int) -> Bool { samples * wire.encoding.bytesPerSample >= framing.bytesPerFrame }

    private static func power(_ samples: Span<Int16>, _ wire: AudioFormat) -> Float {
        let block = wire.sampleRate / 50
        var loudest: Float = 0
        for start in stride(from: 0, to: samples.count, by: block) {
            let end = min(samples.count, start + block)
            loudest = max(loudest, SampleSums(samples.extracting(start..<end)).power)
        }
        return loudest
    }

    /// Forgets what waits.
    mutating func drop() { pendingCount = 0 }

    private func append(_ law: G711, _ content: Int, of frameSamples: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(law.silence, times: frameSamples)
        var all = bytes.mutableSpan
        var frame = all._mutatingExtracting(start..<all.count)
        law.encode(pending.span.extracting(0..<content), into: &frame)
    }

    private mutating func convert(_ samples: Span<Int16>) {
        if let converter {
            pendingCount += Self.run(&converters[converter].resampler, samples, into: &pending, at: pendingCount)
        } else {
            pending.overwrite(from: pendingCount, copying: samples)
            pendingCount += samples.count
        }
    }

    private static func run(
        _ resampler: inout Resampler,
        _ samples: Span<Int16>,
        into pending: inout [Int16],
        at start: Int
    ) -> Int {
        var all = pending.mutableSpan
        var room = all._mutatingExtracting(start..<all.count)
        return resampler.process(samples, into: &room).produced
    }

    private static func flush(_ resampler: inout Resampler, into pending: inout [Int16], at start: Int) -> Int {
        var all = pending.mutableSpan
        var room = all._mutatingExtracting(start..<all.count)
        return resampler.flush(into: &room)
    }
}
