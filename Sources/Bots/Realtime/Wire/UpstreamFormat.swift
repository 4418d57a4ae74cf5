// SPDX-License-Identifier: Apache-2.0

import CallModel

/// A format of audio as the realtime protocol names it.
struct UpstreamFormat: Sendable, Equatable {
    /// Encoding and rate.
    let audio: AudioFormat

    /// The format that suits a call whose wire has `wire`.
    init(for wire: AudioFormat, _ settings: RealtimeSettings) {
        let linear = AudioFormat(encoding: .linear16, sampleRate: settings.linearRate) ?? .linear24kHz
        switch settings.audio {
        case .automatic: audio = wire == .muLaw8kHz || wire == .aLaw8kHz ? wire : linear
        case .muLaw: audio = .muLaw8kHz
        case .aLaw: audio = .aLaw8kHz
        case .linear: audio = linear
        }
    }

    /// The value of `format.type`.
    var currentName: String {
        switch audio.encoding {
        case .linear16: "audio/pcm"
        case .muLaw: "audio/pcmu"
        case .aLaw: "audio/pcma"
        }
    }

    /// The value of the beta's `input_audio_format`.
    var betaName: String {
        switch audio.encoding {
        case .linear16: "pcm16"
        case .muLaw: "g711_ulaw"
        case .aLaw: "g711_alaw"
        }
    }

    /// Whether a format in a server's words is this one; a rate that is not told is not held against it.
    func matches(name: String, rate: Int64?) -> Bool {
        guard name == currentName || name == betaName else { return false }
        return rate.map { $0 == Int64(audio.sampleRate) } ?? true
    }

    /// The time that so many bytes take, in whole milliseconds, rounded down.
    func milliseconds(ofBytes bytes: Int) -> Int { bytes * 1_000 / audio.bytesPerSecond }
}
