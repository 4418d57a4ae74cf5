// SPDX-License-Identifier: Apache-2.0
import Glibc

extension PEMSource {
    /// The largest file that is read, in bytes: the usual bundle of all public roots has 220 KB.
    static let maximumSize = 1 << 20

    /// The text.
    /// - Parameter what: What it is, for the message, such as "certificate".
    /// - Returns: At least one byte.
    /// - Throws: ``TLSError`` with `fileUnreadable`.
    func read(_ what: String) throws(TLSError) -> [UInt8] {
        let text: [UInt8]
        switch self {
        case .bytes(let bytes): text = bytes
        case .file(let path): text = try Self.contents(of: path, what)
        }
        guard !text.isEmpty else {
            throw TLSError(.fileUnreadable, "\(what) \(name) is empty: write the PEM text into it")
        }
        guard text.count <= Self.maximumSize else {
            throw TLSError(.fileUnreadable, "\(what) \(name) has more than 1 MiB: is it the right file?")
        }
        return text
    }

    private static func contents(of path: String, _ what: String) throws(TLSError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, what, errno) }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while text.count <= maximumSize {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw unreadable(path, what, errno)
            }
            text.append(contentsOf: piece[..<count])
        }
        return text
    }

    private static func unreadable(_ path: String, _ what: String, _ number: Int32) -> TLSError {
        let reason = unsafe String(cString: strerror(number))
        let remedy =
            switch number {
            case ENOENT: "check the path"
            case EACCES: "let the user of this process read it"
            case EISDIR: "name the file, not its folder"
            default: "check the file"
            }
        return TLSError(.fileUnreadable, "\(what) '\(path)' cannot be read: \(reason); \(remedy)")
    }
}
