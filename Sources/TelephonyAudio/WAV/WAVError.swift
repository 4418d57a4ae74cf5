// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not a WAV file that can be played: what is wrong, at which byte, and what to do.
package struct WAVError: Error, Equatable, Sendable, CustomStringConvertible {
    private enum Code: Equatable, Sendable {
        case notRIFF
        case truncated(needed: Int, present: Int)
        case noFormat
        case noData
        case badFormat(String)
        case unsupportedTag(Int)
        case unsupportedChannels(Int)
        case unsupportedWidth(bits: Int, bytes: Int)
        case unsupportedRate(Int)
    }

    private let code: Code
    /// The byte at which the fault was found, counted from the beginning of the file.
    package let offset: Int

    static func notRIFF(at offset: Int) -> Self { Self(code: .notRIFF, offset: offset) }
    static func truncated(at offset: Int, needed: Int, present: Int) -> Self {
        Self(code: .truncated(needed: needed, present: present), offset: offset)
    }
    static func noFormat(at offset: Int) -> Self { Self(code: .noFormat, offset: offset) }
    static func noData(at offset: Int) -> Self { Self(code: .noData, offset: offset) }
    static func badFormat(_ what: String, at offset: Int) -> Self { Self(code: .badFormat(what), offset: offset) }
    static func unsupportedTag(_ tag: Int, at offset: Int) -> Self { Self(code: .unsupportedTag(tag), offset: offset) }
    static func unsupportedChannels(_ count: Int, at offset: Int) -> Self {
        Self(code: .unsupportedChannels(count), offset: offset)
    }
    static func unsupportedWidth(bits: Int, bytes: Int, at offset: Int) -> Self {
        Self(code: .unsupportedWidth(bits: bits, bytes: bytes), offset: offset)
    }
    static func unsupportedRate(_ rate: Int, at offset: Int) -> Self {
        Self(code: .unsupportedRate(rate), offset: offset)
    }

    /// A few fixed words, fit for a metric's label.
    package var shortDescription: String {
        switch code {
        case .notRIFF: "not a WAV file"
        case .truncated: "truncated"
        case .noFormat: "no format"
        case .noData: "no data"
        case .badFormat: "bad format"
        case .unsupportedTag: "unsupported encoding"
        case .unsupportedChannels: "unsupported channels"
        case .unsupportedWidth: "unsupported sample width"
        case .unsupportedRate: "unsupported rate"
        }
    }

    package var description: String {
        let remedy = "convert the file to 16-bit PCM WAV, mono"
        let what =
            switch code {
            case .notRIFF: "not a RIFF WAVE file; give a .wav file, or raw samples under another suffix"
            case .truncated(let needed, let present):
                "the file ends too early, \(needed) bytes are needed and \(present) are there; copy it again"
            case .noFormat: "no 'fmt ' chunk before the samples; \(remedy)"
            case .noData: "no 'data' chunk up to the end of the file; copy it again, or \(remedy)"
            case .badFormat(let fault): "\(fault); \(remedy)"
            case .unsupportedTag(let tag):
                "encoding \(tag) is none of PCM (1), float (3), A-law (6), µ-law (7); \(remedy)"
            case .unsupportedChannels(let count): "\(count) channels are neither mono nor stereo; \(remedy)"
            case .unsupportedWidth(let bits, let bytes):
                "samples of \(bits) bits in \(bytes) bytes do not suit the encoding; \(remedy)"
            case .unsupportedRate(let rate): "a rate of \(rate) Hz is not within 1000…384000; \(remedy)"
            }
        return "WAV, byte \(offset): \(what)"
    }
}
