// SPDX-License-Identifier: Apache-2.0

/// How the simulated platform writes sound on the wire, both ways; mono.
public struct SimulatedAudioFormat: Sendable, Hashable {
    /// How a sample becomes bytes.
    public enum Encoding: String, Sendable, Hashable, CaseIterable {
        /// Signed 16-bit linear PCM, little-endian.
        case pcm
        /// ITU-T G.711 µ-law.
        case ulaw
        /// ITU-T G.711 A-law.
        case alaw
    }

    /// How a sample becomes bytes.
    public let encoding: Encoding
    /// Samples per second, in hertz; one of ``sampleRates``.
    public let sampleRate: Int

    /// The rates a platform may name, in hertz.
    public static let sampleRates = [8_000, 16_000, 24_000, 48_000]
    /// 16-bit linear PCM at 8 kHz, what the platform sends unless told otherwise.
    public static let pcm8kHz = SimulatedAudioFormat(checked: .pcm, 8_000)
    /// G.711 µ-law at 8 kHz.
    public static let ulaw8kHz = SimulatedAudioFormat(checked: .ulaw, 8_000)
    /// G.711 A-law at 8 kHz.
    public static let alaw8kHz = SimulatedAudioFormat(checked: .alaw, 8_000)

    /// A format, or nil when `sampleRate` is none of ``sampleRates``.
    public init?(_ encoding: Encoding, sampleRate: Int) {
        guard Self.sampleRates.contains(sampleRate) else { return nil }
        self.init(checked: encoding, sampleRate)
    }

    private init(checked encoding: Encoding, _ sampleRate: Int) {
        self.encoding = encoding
        self.sampleRate = sampleRate
    }

    /// Bytes that one sample takes.
    public var bytesPerSample: Int { encoding == .pcm ? 2 : 1 }

    /// The samples as they go over the wire.
    public func encode(_ samples: some Sequence<Int16>) -> [UInt8] {
        switch encoding {
        case .pcm: samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        case .ulaw: samples.map(PlainG711.encodeMuLaw)
        case .alaw: samples.map(PlainG711.encodeALaw)
        }
    }

    /// The samples that came over the wire; nil when a byte of PCM is left over.
    public func decode(_ bytes: [UInt8]) -> [Int16]? {
        guard bytes.count.isMultiple(of: bytesPerSample) else { return nil }
        return switch encoding {
        case .pcm:
            stride(from: 0, to: bytes.count, by: 2).map {
                Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
            }
        case .ulaw: bytes.map(PlainG711.decodeMuLaw)
        case .alaw: bytes.map(PlainG711.decodeALaw)
        }
    }
}
