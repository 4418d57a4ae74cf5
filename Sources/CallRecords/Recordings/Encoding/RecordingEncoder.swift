// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import TelephonyAudio

/// Turns a recording's samples into what its file holds, where that is not the samples themselves.
protocol RecordingEncoder: AnyObject {
    /// Takes 16-bit samples of both sides, interleaved, least byte first; what of them and those before can stand in the file.
    ///
    /// - Throws: ``CallRecordsError`` when the encoder fails; what it was given is lost then.
    func encode(_ samples: [UInt8]) throws(CallRecordsError) -> [UInt8]
    /// What is missing at the end of the file; to be asked for once.
    ///
    /// - Throws: ``CallRecordsError`` when the encoder fails.
    func finish() throws(CallRecordsError) -> [UInt8]
}

extension RecordingFormat {
    /// An encoder for a new file; nil where the file holds samples.
    ///
    /// - Throws: ``CallRecordsError`` when the format is not in this build, or there is no room for an encoder.
    func makeEncoder(rate: SampleRate) throws(CallRecordsError) -> (any RecordingEncoder)? {
        switch self {
        case .wav: return nil
        case .opus:
            #if Opus
            return try OpusEncoder(rate: rate)
            #else
            throw CallRecordsError("recording.format: \(Self.notBuilt)")
            #endif
        }
    }
}
