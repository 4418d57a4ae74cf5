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
/// After `examinedSeconds` it looks no more and costs nothing. Only the first bytes allocate.
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
    /// Both are empty until audio comes.
    var block: [UInt8] = []
    var scratch: [Int16] = []
    var filled = 0
    /// The other readings beside the declared one, whose own place is empty.
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
        guard isExamining, !bytes.isEmpty else { return }
        if block.isEmpty {
            block = [UInt8](repeating: 0, count: Self.blockBytes)
            scratch = [Int16](repeating: 0, count: Self.blockBytes)
        }
        if isWholeMessage, encoding == .linear16, bytes.count % 2 == 1 { oddMessages += 1 }
        if let microseconds { clock.add(bytes.count, at: microseconds) }
        header.add(bytes)
        var taken = 0
        while taken < bytes.count {
            let end = min(bytes.count, taken + Self.blockBytes - filled)
            block.overwrite(from: filled, copying: bytes.extracting(taken..<end))
            filled += end - taken
            taken = end
            if filled == Self.blockBytes { finishBlock() }
        }
        examinedBytes += bytes.count
    }

    /// Ends a stream of pieces cut anywhere: its end inside a sample counts as one message's.
    package mutating func finish() {
        if oddMessages == 0, encoding == .linear16, isExamining, examinedBytes % 2 == 1 { oddMessages = 1 }
    }
}
