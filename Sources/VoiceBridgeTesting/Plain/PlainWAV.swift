// SPDX-License-Identifier: Apache-2.0

/// Sound of a WAV file as mono samples.
public struct PlainWAV: Sendable, Equatable {
    /// A file that cannot be read as sound.
    public struct Fault: Error, Equatable, CustomStringConvertible {
        /// What is wrong with it.
        public let description: String
    }

    /// Samples per second, in hertz.
    public var sampleRate: Int
    /// The sound; several channels are mixed into one.
    public var samples: [Int16]

    /// Sound at a rate.
    public init(sampleRate: Int, samples: [Int16]) {
        self.sampleRate = sampleRate
        self.samples = samples
    }

    /// Reads a RIFF file: 8-, 16-, 24- or 32-bit PCM, 32-bit float, µ-law or A-law, any number of channels.
    ///
    /// Chunks may come in any order and number; a `data` length that its writer did not know, or that reaches beyond the file, is
    /// taken as "to the end of the file".
    public init(parsing file: [UInt8]) throws(Fault) {
        guard file.count >= 12, Self.tag(file, 0) == "RIFF", Self.tag(file, 8) == "WAVE" else {
            throw Fault(description: "not a WAV file: it does not begin with RIFF and WAVE")
        }
        var layout: PlainWAVLayout?
        var offset = 12
        while offset + 8 <= file.count {
            let name = Self.tag(file, offset)
            let length = min(Self.number(file, offset + 4, 4), file.count - offset - 8)
            let body = offset + 8..<offset + 8 + length
            if name == "fmt " { layout = try PlainWAVLayout(file[body]) }
            if name == "data" {
                guard let layout else { throw Fault(description: "the data chunk comes before the format") }
                self.init(sampleRate: layout.sampleRate, samples: try layout.samples(file[body]))
                return
            }
            offset = body.upperBound + length % 2
        }
        throw Fault(description: "no data chunk")
    }

    /// The file: 16-bit PCM, mono.
    public var file: [UInt8] {
        var bytes = Array("RIFF".utf8)
        func append(_ value: Int, bytes count: Int) {
            for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
        }
        let size = samples.count * 2
        append(36 + size, bytes: 4)
        bytes += Array("WAVEfmt ".utf8)
        append(16, bytes: 4)
        append(1, bytes: 2)
        append(1, bytes: 2)
        append(sampleRate, bytes: 4)
        append(sampleRate * 2, bytes: 4)
        append(2, bytes: 2)
        append(16, bytes: 2)
        bytes += Array("data".utf8)
        append(size, bytes: 4)
        for sample in samples { append(Int(sample), bytes: 2) }
        return bytes
    }

    private static func tag(_ bytes: [UInt8], _ offset: Int) -> String {
        String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
    }

    static func number(_ bytes: some RandomAccessCollection<UInt8>, _ offset: Int, _ count: Int) -> Int {
        bytes.dropFirst(offset).prefix(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
