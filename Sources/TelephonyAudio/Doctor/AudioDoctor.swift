// SPDX-License-Identifier: Apache-2.0

/// Says from the first seconds of a stream what is wrong with it, if anything, and whose doing it is.
///
/// Give it the messages' bytes as they come, with the time at which they come. It reads the bytes in every way they
/// might be meant: as declared, under the other encodings, with the bytes swapped or one off. A reading under which
/// sound is clearly easier to foretell than as declared is what was meant (see `Predictability`); speech, music and
/// tones are easiest to foretell as what they are, and noise under no reading. Silent streams give themselves away by
/// their idle codes. Samples are counted against the clock in windows of half a second; levels are judged by
/// their statistics.
///
/// After `examinedSeconds` it looks no more and costs nothing. Nothing is allocated by `examine`.
package struct AudioDoctor: Sendable {
    /// Which way a stream goes.
    package enum Direction: Equatable, Sendable {
        /// From the platform: the caller's voice.
        case fromPlatform
        /// From our bot.
        case fromBot
    }

    /// A reading of the bytes.
    enum Reading: Int, CaseIterable {
        case linear, swapped, shifted, muLaw, aLaw
    }

    /// Bytes of a block: 40 ms of 16-bit or 80 ms of 8-bit audio at 8 kHz.
    static let blockBytes = 640

    let encoding: StreamEncoding
    let rate: Int
    let direction: Direction
    private let limit: Int
    private var block = [UInt8](repeating: 0, count: blockBytes)
    private var scratch = [Float](repeating: 0, count: blockBytes)
    private var filled = 0
    var readings = InlineArray<5, Predictability>(repeating: Predictability())
    /// Blocks of nothing but µ-law's, A-law's and linear PCM's idle bytes.
    var idle = (muLaw: 0, aLaw: 0, linear: 0)
    var statistics = SampleStatistics()
    var clock = SampleClock()
    var header = HeaderScan()
    /// Messages that ended inside a sample.
    var oddMessages = 0
    /// Bytes looked at.
    package private(set) var examinedBytes = 0

    /// A doctor for one stream.
    ///
    /// - Parameters:
    ///   - encoding: as declared.
    ///   - rate: as declared, hertz.
    ///   - direction: says who is to blame.
    ///   - examinedSeconds: how much of the stream is looked at.
    package init(encoding: StreamEncoding, rate: Int, direction: Direction = .fromPlatform, examinedSeconds: Int = 15) {
        self.encoding = encoding
        self.rate = rate
        self.direction = direction
        limit = examinedSeconds * rate * encoding.bytesPerSample
    }

    /// Whether it still looks.
    package var isExamining: Bool { examinedBytes < limit }

    /// Takes the bytes of a message.
    ///
    /// - Parameters:
    ///   - bytes: of any number.
    ///   - microseconds: when they came, on any monotonic clock; nil when there is none, as for a file.
    ///   - isWholeMessage: a message, which must not end inside a sample; false for pieces cut anywhere.
    package mutating func examine(
        _ bytes: Span<UInt8>,
        at microseconds: Int64? = nil,
        isWholeMessage: Bool = true
    ) {
        guard isExamining else { return }
        if isWholeMessage, encoding == .linear16, bytes.count % 2 == 1 { oddMessages += 1 }
        if let microseconds { clock.add(bytes.count, at: microseconds) }
        for index in bytes.indices {
            header.add(bytes[index])
            block[filled] = bytes[index]
            filled += 1
            if filled == Self.blockBytes { finishBlock() }
        }
        examinedBytes += bytes.count
    }

    /// Ends a stream of pieces cut anywhere: its end inside a sample counts as one message's.
    package mutating func finish() {
        if oddMessages == 0, encoding == .linear16, isExamining, examinedBytes % 2 == 1 { oddMessages = 1 }
    }

    private mutating func finishBlock() {
        filled = 0
        countIdle()
        // Taken out for the time of reading, so that it can be written and read beside the rest.
        var scratch: [Float] = []
        swap(&scratch, &self.scratch)
        defer { swap(&scratch, &self.scratch) }
        for reading in Reading.allCases where isPossible(reading) {
            let count = read(as: reading, into: &scratch)
            readings[reading.rawValue].add(scratch.span.extracting(0..<count))
            if reading == declared { statistics.add(scratch.span.extracting(0..<count)) }
        }
    }

    /// The reading that was declared.
    var declared: Reading {
        switch encoding {
        case .linear16: .linear
        case .g711(.muLaw): .muLaw
        case .g711(.aLaw): .aLaw
        }
    }

    /// Swapped and shifted bytes are faults of 16-bit streams only.
    func isPossible(_ reading: Reading) -> Bool {
        encoding == .linear16 || (reading != .swapped && reading != .shifted)
    }

    private func read(as reading: Reading, into scratch: inout [Float]) -> Int {
        switch reading {
        case .muLaw, .aLaw:
            let law: G711 = reading == .muLaw ? .muLaw : .aLaw
            for index in 0..<Self.blockBytes { scratch[index] = Float(law.decode(block[index])) }
            return Self.blockBytes
        case .linear, .swapped, .shifted:
            let start = reading == .shifted ? 1 : 0
            let low = reading == .swapped ? 1 : 0
            let count = Self.blockBytes / 2 - start
            for index in 0..<count {
                let place = 2 * index + start
                let bits = UInt16(block[place + low]) | UInt16(block[place + 1 - low]) << 8
                scratch[index] = Float(Int16(bitPattern: bits))
            }
            return count
        }
    }

    private mutating func countIdle() {
        var (muLaw, aLaw, linear) = (true, true, true)
        for byte in block {
            if byte | 0x80 != 0xFF { muLaw = false }
            if byte | 0x80 != 0xD5 { aLaw = false }
            if byte != 0 { linear = false }
        }
        if muLaw { idle.muLaw += 1 }
        if aLaw { idle.aLaw += 1 }
        if linear { idle.linear += 1 }
    }
}
