// SPDX-License-Identifier: Apache-2.0

/// A failure of an audio command: one line that says what, where and what to do.
enum AudioCommandError: Error, CustomStringConvertible, Equatable {
    case cannotOpen(path: String, reason: String)
    case cannotRead(path: String, reason: String)
    case cannotWrite(path: String, reason: String)
    case oddLength(path: String, bytes: Int)
    case badWAV(path: String, fault: String)
    case wrongRate(path: String, found: Int, expected: Int)
    case otherRate(path: String, found: Int, asked: Int)
    case unknownRate(path: String, found: Int)
    case sameFile(path: String)
    case notRegular(path: String)
    case tooLarge(path: String, limit: Int)

    var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open \(path): \(reason); check the path and its permissions"
        case .cannotRead(let path, let reason): "cannot read \(path): \(reason); check the file or the device"
        case .cannotWrite(let path, let reason):
            "cannot write \(path): \(reason); check the free space and the permissions"
        case .oddLength(let path, let bytes):
            "\(path) ends inside a sample, at byte \(bytes): give whole 16-bit samples (s16le); all before was written"
        case .badWAV(let path, let fault): "cannot play \(path): \(fault)"
        case .wrongRate(let path, let found, let expected):
            "\(path) holds \(found) Hz, not \(expected): say --from \(found), or give another file"
        case .otherRate(let path, let found, let asked):
            "\(path) holds \(found) Hz, not \(asked): leave --rate out, or give another file"
        case .unknownRate(let path, let found):
            "\(path) holds \(found) Hz, which is none of \(AudioInput.ratesText): convert it first"
        case .notRegular(let path):
            "cannot play \(path): it is no regular file; give a file, or - and the sound on standard input"
        case .tooLarge(let path, let limit): "\(path) has more than \(limit >> 20) MiB: give a shorter recording"
        case .sameFile(let path): "\(path) is in use by this command already: give another file to write"
        }
    }
}
