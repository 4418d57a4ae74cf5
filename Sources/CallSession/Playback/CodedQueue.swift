// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

/// Audio that waits in the wire's own encoding: it is cut into frames and goes out as it came in.
struct CodedQueue: Sendable {
    private let encoding: AudioEncoding
    private let bytesPerSample: Int
    private var bytes: [UInt8] = []
    private var offset = 0
    /// Used-up bytes that are kept at least.
    private let kept: Int

    /// A queue that keeps so many samples that were used up, to which one may go back.
    init(_ encoding: AudioEncoding, keeping samples: Int) {
        self.encoding = encoding
        bytesPerSample = encoding.bytesPerSample
        kept = samples * bytesPerSample
    }

    /// Whole samples that wait.
    var samples: Int { (bytes.count - offset) / bytesPerSample }

    /// Used-up samples to which one may go back.
    var behind: Int { offset / bytesPerSample }

    mutating func append(_ more: Span<UInt8>) {
        if offset > 2 * kept, offset * 2 >= bytes.count {
            bytes.removeFirst(offset - kept)
            offset = kept
        }
        bytes.append(copying: more)
    }

    /// Moves so many bytes, at most what waits, behind `frame`, and `padding` bytes of silence.
    mutating func take(_ count: Int, padding: Int, into frame: inout [UInt8]) {
        let end = min(bytes.count, offset + count)
        frame.append(copying: bytes.span.extracting(offset..<end))
        offset = end
        frame.append(encoding.silence, times: padding)
    }

    /// Makes up to `count` used-up samples wait again.
    mutating func goBack(_ count: Int) { offset -= min(count, behind) * bytesPerSample }

    /// The sum of the squares of `count` samples that begin so many used-up ones back.
    func energy(back: Int, _ count: Int) -> Float {
        let first = offset - back * bytesPerSample
        let end = min(bytes.count, first + count * bytesPerSample)
        guard first >= 0, first < end else { return 0 }
        var samples = [Int16](repeating: 0, count: count)
        var room = samples.mutableSpan
        encoding.decode(bytes.span.extracting(first..<end), into: &room)
        return samples.reduce(0) { $0 + Float($1) * Float($1) }
    }
}

extension AudioEncoding {
    /// The byte that silence is made of.
    var silence: UInt8 {
        switch self {
        case .linear16: 0
        case .muLaw: G711.muLaw.silence
        case .aLaw: G711.aLaw.silence
        }
    }

    /// Decodes whole samples; half of one at the end is dropped.
    func decode(_ bytes: Span<UInt8>, into samples: inout MutableSpan<Int16>) {
        switch self {
        case .linear16:
            var joiner = LittleEndianPCM()
            _ = joiner.decode(bytes.extracting(0..<bytes.count / 2 * 2), into: &samples)
        case .muLaw: G711.muLaw.decode(bytes, into: &samples)
        case .aLaw: G711.aLaw.decode(bytes, into: &samples)
        }
    }
}
