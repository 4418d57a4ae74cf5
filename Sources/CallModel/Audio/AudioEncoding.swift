// SPDX-License-Identifier: Apache-2.0

/// How one sample of telephone audio is written as bytes.
public enum AudioEncoding: String, Hashable, Sendable, CaseIterable {
    /// Signed 16-bit linear PCM, two bytes a sample, little-endian on every wire that VoiceBridge speaks.
    case linear16 = "pcm"
    /// ITU-T G.711 µ-law, one byte a sample; silence is `0xFF`.
    case muLaw = "ulaw"
    /// ITU-T G.711 A-law, one byte a sample; silence is `0xD5`.
    case aLaw = "alaw"

    /// Bytes that one sample takes: 2 for linear PCM, 1 for G.711.
    public var bytesPerSample: Int {
        switch self {
        case .linear16: 2
        case .muLaw, .aLaw: 1
        }
    }
}
