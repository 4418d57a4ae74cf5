// SPDX-License-Identifier: Apache-2.0

/// Encoding and sampling rate of one stream of audio.
///
/// All telephone audio is mono.
public struct AudioFormat: Hashable, Sendable {
    /// How a sample is written.
    public let encoding: AudioEncoding
    /// Samples per second, in hertz; one of ``supportedSampleRates``.
    public let sampleRate: Int

    /// Rates that the resampler converts among, in hertz.
    public static let supportedSampleRates = [8_000, 16_000, 24_000, 44_100, 48_000]

    /// 16-bit linear PCM at 8 kHz, the telephone's own rate.
    public static let linear8kHz = AudioFormat(uncheckedEncoding: .linear16, sampleRate: 8_000)
    /// 16-bit linear PCM at 16 kHz, what most recognizers want; the default of a bot.
    public static let linear16kHz = AudioFormat(uncheckedEncoding: .linear16, sampleRate: 16_000)
    /// 16-bit linear PCM at 24 kHz, what most realtime models speak.
    public static let linear24kHz = AudioFormat(uncheckedEncoding: .linear16, sampleRate: 24_000)
    /// G.711 µ-law at 8 kHz.
    public static let muLaw8kHz = AudioFormat(uncheckedEncoding: .muLaw, sampleRate: 8_000)
    /// G.711 A-law at 8 kHz.
    public static let aLaw8kHz = AudioFormat(uncheckedEncoding: .aLaw, sampleRate: 8_000)

    /// A format, or nil when no stream of VoiceBridge can have it.
    ///
    /// - Parameters:
    ///   - encoding: how a sample is written.
    ///   - sampleRate: samples per second; must be one of ``supportedSampleRates``.
    public init?(encoding: AudioEncoding, sampleRate: Int) {
        guard Self.supportedSampleRates.contains(sampleRate) else { return nil }
        self.init(uncheckedEncoding: encoding, sampleRate: sampleRate)
    }

    private init(uncheckedEncoding encoding: AudioEncoding, sampleRate: Int) {
        self.encoding = encoding
        self.sampleRate = sampleRate
    }

    /// Bytes that one second takes.
    public var bytesPerSecond: Int { sampleRate * encoding.bytesPerSample }

    /// Samples in `duration`, rounded to the nearest.
    public func sampleCount(for duration: Duration) -> Int {
        let nanoseconds = duration.wholeNanoseconds
        return Int((nanoseconds * Int64(sampleRate) + 500_000_000) / 1_000_000_000)
    }

    /// The time that `sampleCount` samples take.
    public func duration(ofSamples sampleCount: some BinaryInteger) -> Duration {
        .nanoseconds(Int64(sampleCount) * 1_000_000_000 / Int64(sampleRate))
    }
}

extension AudioFormat: CustomStringConvertible {
    /// For people: `pcm 8000 Hz`.
    public var description: String { "\(encoding.rawValue) \(sampleRate) Hz" }
}
