// SPDX-License-Identifier: Apache-2.0

import TelephonyAudio

/// A piece of mono audio with its format in its type and its place in its stream.
///
/// A chunk that a call delivers holds 20 ms unless several were ready at once.
public struct AudioChunk: Sendable, Equatable {
    /// Encoding and rate of the samples.
    public let format: AudioFormat
    /// Index of the first sample, counted from the first sample of the stream, at the format's rate.
    public let position: Int64
    private let storage: Storage

    private enum Storage: Sendable, Equatable {
        case linear([Int16])
        case coded([UInt8])
    }

    /// A chunk of linear samples, or nil when `sampleRate` is not one of ``AudioFormat/supportedSampleRates``.
    ///
    /// - Parameters:
    ///   - samples: signed 16-bit samples, full scale ±32768.
    ///   - sampleRate: samples per second, in hertz.
    ///   - position: index of the first sample in its stream.
    public init?(samples: [Int16], sampleRate: Int, position: Int64 = 0) {
        guard let format = AudioFormat(encoding: .linear16, sampleRate: sampleRate) else { return nil }
        self.format = format
        self.position = position
        self.storage = .linear(samples)
    }

    /// A chunk from bytes as the encoding writes them: little-endian for linear PCM, one code a sample for G.711.
    ///
    /// Nil when a linear chunk has an odd number of bytes.
    public init?(bytes: [UInt8], format: AudioFormat, position: Int64 = 0) {
        self.format = format
        self.position = position
        switch format.encoding {
        case .linear16:
            guard bytes.count.isMultiple(of: 2) else { return nil }
            var samples = [Int16]()
            samples.reserveCapacity(bytes.count / 2)
            for index in stride(from: 0, to: bytes.count, by: 2) {
                samples.append(Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8))
            }
            self.storage = .linear(samples)
        case .muLaw, .aLaw:
            self.storage = .coded(bytes)
        }
    }

    /// A chunk of linear samples that counts as one of `format`, whatever its encoding; ``bytes`` encodes them.
    package init(linear samples: [Int16], format: AudioFormat, position: Int64) {
        self.format = format
        self.position = position
        self.storage = .linear(samples)
    }

    /// Number of samples.
    public var sampleCount: Int {
        switch storage {
        case .linear(let samples): samples.count
        case .coded(let bytes): bytes.count
        }
    }

    /// How long the chunk plays.
    public var duration: Duration { format.duration(ofSamples: sampleCount) }

    /// The samples as signed 16-bit linear PCM; G.711 is decoded on the way.
    public var samples: [Int16] {
        switch storage {
        case .linear(let samples): return samples
        case .coded(let bytes):
            let law: G711 = format.encoding == .aLaw ? .aLaw : .muLaw
            return bytes.map { law.decode($0) }
        }
    }

    /// The bytes as the format's encoding writes them, little-endian for linear PCM.
    public var bytes: [UInt8] {
        switch storage {
        case .linear(let samples):
            switch format.encoding {
            case .linear16: break
            case .muLaw: return samples.map { G711.muLaw.encode($0) }
            case .aLaw: return samples.map { G711.aLaw.encode($0) }
            }
            var bytes = [UInt8]()
            bytes.reserveCapacity(samples.count * 2)
            for sample in samples {
                bytes.append(UInt8(truncatingIfNeeded: sample))
                bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
            }
            return bytes
        case .coded(let bytes): return bytes
        }
    }
}
