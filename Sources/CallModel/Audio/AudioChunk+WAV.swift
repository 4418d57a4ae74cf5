// SPDX-License-Identifier: Apache-2.0

import TelephonyAudio

/// Why a sound file cannot be played.
public struct SoundFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String
    /// Whether there is no such file at all.
    public let isMissingFile: Bool

    package init(_ description: String, isMissingFile: Bool = false) {
        self.description = description
        self.isMissingFile = isMissingFile
    }
}

extension AudioChunk {
    /// The audio of a WAV file: PCM of 8 to 32 bits, float, µ-law or A-law; several channels are mixed to one.
    ///
    /// - Parameter bytes: the whole file.
    /// - Throws: ``SoundFileError`` when the bytes are no WAV file, or at a rate that no call has.
    public init(wav bytes: [UInt8]) throws(SoundFileError) {
        let file: WAVFile
        do {
            file = try WAVFile.parse(bytes)
        } catch {
            throw SoundFileError(error.description)
        }
        guard let chunk = AudioChunk(samples: file.samples, sampleRate: file.rate) else {
            let rates = AudioFormat.supportedSampleRates.map(String.init).joined(separator: ", ")
            throw SoundFileError("its rate is \(file.rate) Hz; convert it to one of \(rates) Hz")
        }
        self = chunk
    }
}

extension AudioChunk {
    /// The chunk as a WAV file of 16-bit linear PCM, mono.
    public var wav: [UInt8] {
        let samples = samples
        let header = WAVHeader(format: WAVFormat(encoding: .pcm(bytes: 2), rate: format.sampleRate))
        var bytes = header.bytes(dataBytes: samples.count * 2)
        bytes.reserveCapacity(bytes.count + samples.count * 2)
        for sample in samples {
            bytes.append(UInt8(truncatingIfNeeded: sample))
            bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
        }
        return bytes
    }
}
