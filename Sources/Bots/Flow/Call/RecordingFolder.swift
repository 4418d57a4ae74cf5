// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import VoiceBridge

/// The folder that takes what callers say.
struct RecordingFolder {
    let path: String

    /// Files that one call may leave, so that a flow that goes in circles fills no disk.
    static let maximumPerCall = 100

    /// Why a recording could not be kept.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Makes the folder unless it is there, so that one that cannot be is found before the first call.
    func prepare() throws(FlowError) {
        let manager = FileManager.default
        try? manager.createDirectory(atPath: path, withIntermediateDirectories: true)
        var isFolder = false
        guard manager.fileExists(atPath: path, isDirectory: &isFolder), isFolder, manager.isWritableFile(atPath: path)
        else {
            throw FlowError(
                description:
                    "cannot write into the folder '\(path)' for recordings; check the path and who may write there"
            )
        }
    }

    /// Writes a WAV file, whole or not at all, and gives its path.
    ///
    /// Its name is the call's id and a number; a file that is there is never overwritten.
    func write(_ audio: AudioChunk, call: CallID) throws(Failure) -> String {
        let name = Self.name(call)
        let manager = FileManager.default
        guard
            let number = (1...Self.maximumPerCall).first(where: {
                !manager.fileExists(atPath: "\(path)/\(name)-\($0).wav")
            })
        else { throw Failure(description: "the call has \(Self.maximumPerCall) recordings already") }
        let target = "\(path)/\(name)-\(number).wav"
        do {
            try Data(audio.wav).write(to: URL(filePath: target), options: .atomic)
        } catch {
            throw Failure(
                description:
                    "cannot write into the folder '\(path)'; does it exist, may this user write, is there room?"
            )
        }
        return target
    }

    /// A call's id as the name of a file: letters, digits and `-`, at most 64, anything else as `_`.
    static func name(_ call: CallID) -> String {
        let scalars = "\(call)".unicodeScalars.prefix(64).map { scalar -> Character in
            switch scalar {
            case "0"..."9", "A"..."Z", "a"..."z", "-": Character(scalar)
            default: "_"
            }
        }
        return scalars.isEmpty ? "call" : String(scalars)
    }
}
