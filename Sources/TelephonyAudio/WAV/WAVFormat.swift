// SPDX-License-Identifier: Apache-2.0

/// What the `fmt ` chunk of a WAV file says about its samples.
package struct WAVFormat: Equatable, Sendable {
    /// How a sample is written.
    package enum Encoding: Equatable, Sendable {
        /// Unsigned for one byte, signed little-endian for two to four.
        case pcm(bytes: Int)
        /// IEEE 754, four bytes, full scale ±1.
        case float
        /// ITU-T G.711, one byte.
        case g711(G711)

        /// Bytes of one sample.
        package var bytesPerSample: Int {
            switch self {
            case .pcm(let bytes): bytes
            case .float: 4
            case .g711: 1
            }
        }
    }

    package var encoding: Encoding
    /// 1 or 2.
    package var channels: Int
    /// Hertz; any, not only the rates of `SampleRate`.
    package var rate: Int

    package init(encoding: Encoding, channels: Int = 1, rate: Int) {
        self.encoding = encoding
        self.channels = channels
        self.rate = rate
    }

    /// Bytes of one sample of every channel: the file's block alignment.
    package var bytesPerBlock: Int { channels * encoding.bytesPerSample }
}
