// SPDX-License-Identifier: Apache-2.0

public import CallModel
import FoundationEssentials

extension Prompt {
    /// A prompt from a WAV file, read as a whole.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - text: what is said in it, if known.
    /// - Throws: `SoundFileError` when the file cannot be read or is no WAV file a call can play.
    public init(contentsOfFile path: String, text: String? = nil) throws(SoundFileError) {
        let bytes: [UInt8]
        do {
            bytes = try Array(Data(contentsOf: URL(filePath: path)))
        } catch {
            let isMissing = !FileManager.default.fileExists(atPath: path)
            let reason = isMissing ? "there is no such file" : "may this user read it?"
            throw SoundFileError("cannot read the prompt '\(path)': \(reason)", isMissingFile: isMissing)
        }
        do {
            self.init(try AudioChunk(wav: bytes), text: text)
        } catch {
            throw SoundFileError("the prompt '\(path)' cannot be played: \(error.description)")
        }
    }
}
