// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A file or standard input, read as bytes come.
struct ByteSource: ~Copyable {
    private let descriptor: Int32
    /// What to call it in messages.
    let name: String

    /// Which file it reads; nil for what is no regular file.
    var identity: FileIdentity? { FileIdentity(descriptor: descriptor) }

    /// Opens a file for reading; `-` is standard input.
    ///
    /// - Parameters:
    ///   - path: of the file.
    ///   - isRegular: whether a device or a pipe is refused, reading from which might never end.
    /// - Throws: `cannotOpen`; `notRegular`.
    init(path: String, isRegular: Bool = false) throws(AudioCommandError) {
        guard path != "-" else {
            (descriptor, name) = (STDIN_FILENO, "standard input")
            return
        }
        // A pipe is not waited for where it is refused anyway; a file knows no such waiting.
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | (isRegular ? O_NONBLOCK : 0))
        guard opened >= 0 else { throw .cannotOpen(path: path, reason: SystemError.text) }
        if isRegular, FileIdentity(descriptor: opened) == nil {
            closeDescriptor(opened)
            throw .notRegular(path: path)
        }
        (descriptor, name) = (opened, path)
    }

    deinit {
        if descriptor != STDIN_FILENO { closeDescriptor(descriptor) }
    }

    /// Reads what is there, at most the buffer, waiting for at least a byte; 0 at the end.
    func read(into buffer: inout [UInt8]) throws(AudioCommandError) -> Int {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe readBytes(descriptor, bytes)
            }
            if count >= 0 { return count }
            if errno != EINTR { throw .cannotRead(path: name, reason: SystemError.text) }
        }
    }

    /// Reads everything up to the end.
    ///
    /// - Parameter limit: the most bytes that are taken.
    /// - Returns: all of it.
    /// - Throws: `cannotRead`; `tooLarge` when there are more.
    func readAll(atMost limit: Int = .max) throws(AudioCommandError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var all: [UInt8] = []
        while true {
            let count = try read(into: &buffer)
            if count == 0 { return all }
            all += buffer.prefix(count)
            if all.count > limit { throw .tooLarge(path: name, limit: limit) }
        }
    }
}

@unsafe
private func readBytes(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
    unsafe read(descriptor, bytes.baseAddress, bytes.count)
}

private func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }
