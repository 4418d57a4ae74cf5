// SPDX-License-Identifier: Apache-2.0

/// Why speech was not recognized or spoken on this machine.
package struct OfflineSpeechError: Error, Sendable, Hashable, CustomStringConvertible {
    private enum Code: Sendable, Hashable {
        case noModel(String)
        case noVoice(String)
        case noPhrases
        case unknownWords([String])
        case busy(limit: Int)
        case failed(String)
        case notBuilt
    }

    private let code: Code

    /// The model or dictionary cannot be read.
    package static func noModel(_ path: String) -> OfflineSpeechError { OfflineSpeechError(code: .noModel(path)) }
    /// There is no such voice.
    package static func noVoice(_ name: String) -> OfflineSpeechError { OfflineSpeechError(code: .noVoice(name)) }
    /// The recognizer was not told what to expect.
    package static let noPhrases = OfflineSpeechError(code: .noPhrases)
    /// The dictionary does not know these words.
    package static func unknownWords(_ words: [String]) -> OfflineSpeechError {
        OfflineSpeechError(code: .unknownWords(words))
    }
    /// As much waits to be done as may.
    package static func busy(limit: Int) -> OfflineSpeechError { OfflineSpeechError(code: .busy(limit: limit)) }
    /// The library says no more than that it failed.
    package static func failed(_ step: String) -> OfflineSpeechError { OfflineSpeechError(code: .failed(step)) }
    /// The program was built without it.
    package static let notBuilt = OfflineSpeechError(code: .notBuilt)

    /// What happened and what to do.
    package var description: String {
        switch code {
        case .noModel(let path):
            "cannot read the speech model in '\(path)': install Debian's pocketsphinx-en-us, or name another folder"
        case .noVoice(let name): "there is no voice '\(name)': use slt or rms"
        case .noPhrases: "the offline recognizer must be told what to expect: it knows phrases, not a language"
        case .unknownWords(let words):
            "the recognizer's dictionary does not know \(words.map { "'\($0)'" }.joined(separator: ", ")): use other words"
        case .busy(let limit): "\(limit) turns wait to be recognized or spoken: too many calls for this machine"
        case .failed(let step): "\(step) failed"
        case .notBuilt:
            "this program was built without offline speech: install flite1-dev, libpocketsphinx-dev and pocketsphinx-en-us, "
                + "and build with `swift build -c release --traits OfflineSpeech`"
        }
    }
}
