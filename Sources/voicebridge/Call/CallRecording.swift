// SPDX-License-Identifier: Apache-2.0
import VoiceBridgeTesting

/// The files of a simulated call.
enum CallRecording {
    /// Largest file that a caller says, in bytes.
    static let maximumBytes = 256 << 20

    /// What the caller says, at the call's rate.
    ///
    /// - Throws: `AudioCommandError` naming the file and what is wrong with it.
    static func read(_ path: String, at rate: Int) throws(AudioCommandError) -> [Int16] {
        let file = try ByteSource(path: path, isRegular: true).readAll(atMost: maximumBytes)
        do {
            let sound = try PlainWAV(parsing: file)
            return PlainResampler.convert(sound.samples, from: sound.sampleRate, to: rate)
        } catch {
            throw .badWAV(path: path, fault: error.description)
        }
    }

    /// The text of a server's log.
    ///
    /// - Throws: `AudioCommandError` naming the file and what is wrong with it.
    static func readLog(_ path: String) throws(AudioCommandError) -> String {
        String(decoding: try ByteSource(path: path, isRegular: true).readAll(atMost: maximumBytes), as: UTF8.self)
    }

    /// Writes what the caller heard.
    ///
    /// - Throws: `AudioCommandError` naming the file and what is wrong with it.
    static func write(_ result: SimulatedCallResult, to path: String) throws(AudioCommandError) {
        let file = PlainWAV(sampleRate: result.sampleRate, samples: result.heard).file
        let sink = try ByteSink(path: path)
        try sink.write(file, count: file.count)
        try sink.close()
    }
}
