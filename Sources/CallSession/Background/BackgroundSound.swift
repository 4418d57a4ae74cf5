// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio
import VoiceBridge

/// A call's background sound on the wire of the platform, and what decides whether it is heard.
struct BackgroundSound: Sendable {
    /// How much of it is still to be played when more is sent.
    static let lead: Duration = .milliseconds(20)

    let occasion: BackgroundOccasion
    /// When the platform will have played what was sent of it alone.
    var end = CallInstant(nanoseconds: -(1 << 60))
    private let encoding: AudioEncoding
    private var mixer: BackgroundMixer
    private var samples: [Int16] = []

    /// A sound for a wire; nil when the converter knows one of the rates not.
    init?(_ prompt: Prompt, gain: Double, _ occasion: BackgroundOccasion, wire: AudioFormat) {
        guard let source = SampleRate(rawValue: prompt.audio.format.sampleRate),
            let target = SampleRate(rawValue: wire.sampleRate)
        else { return nil }
        self.occasion = occasion
        encoding = wire.encoding
        mixer = BackgroundMixer(loop: prompt.audio.samples, from: source, at: target, gain: gain)
    }

    /// Whether there is anything to hear.
    var isAudible: Bool { mixer.isAudible }

    /// Lets it be heard, or fade out.
    mutating func turn(on isOn: Bool) { mixer.isOn = isOn }

    /// Mixes it into encoded audio from `start` on.
    mutating func mix(into bytes: inout [UInt8], from start: Int, underSpeech isSpeech: Bool) {
        guard mixer.isAudible, start < bytes.count else { return }
        let count = (bytes.count - start) / encoding.bytesPerSample
        if samples.count < count { samples = [Int16](repeating: 0, count: count) }
        Self.decode(bytes.span.extracting(start..<bytes.count), encoding, into: &samples)
        Self.mix(&mixer, into: &samples, count, isSpeech)
        var all = bytes.mutableSpan
        var frame = all._mutatingExtracting(start..<all.count)
        switch encoding {
        case .linear16: LittleEndianPCM.encode(samples.span.extracting(0..<count), into: &frame)
        case .muLaw: G711.muLaw.encode(samples.span.extracting(0..<count), into: &frame)
        case .aLaw: G711.aLaw.encode(samples.span.extracting(0..<count), into: &frame)
        }
    }

    private static func decode(_ bytes: Span<UInt8>, _ encoding: AudioEncoding, into samples: inout [Int16]) {
        var room = samples.mutableSpan
        encoding.decode(bytes, into: &room)
    }

    private static func mix(_ mixer: inout BackgroundMixer, into samples: inout [Int16], _ count: Int, _ isSpeech: Bool)
    {
        var all = samples.mutableSpan
        var part = all._mutatingExtracting(0..<count)
        mixer.mix(into: &part, underSpeech: isSpeech)
    }
}
