// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A file or standard output, written at once.
struct ByteSink: ~Copyable {
    private let descriptor: Int32
    /// What to call it in messages.
    let name: String

    /// Which file it writes; nil for what is no regular file.
    let identity: FileIdentity?

    /// Creates or truncates a file; `-` is standard output.
    ///
    /// - Parameters:
    ///   - path: of the file.
    ///   - used: files of the same command, which are left as they are.
    /// - Throws: `cannotOpen`, and `sameFile` when the path leads to a used one.
    init(path: String, besides used: FileIdentity?...) throws(AudioCommandError) {
        guard path != "-" else {
            (descriptor, name, identity) = (STDOUT_FILENO, "standard output", nil)
            return
        }
        if let old = FileIdentity(path: path), used.contains(old) { throw .sameFile(path: path) }
        let opened = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw .cannotOpen(path: path, reason: SystemError.text) }
        (descriptor, name, identity) = (opened, path, FileIdentity(descriptor: opened))
    }

    /// Writes the first `count` bytes behind what was written before.
    func write(_ bytes: [UInt8], count: Int) throws(AudioCommandError) {
        var done = 0
        while done < count {
            let written = unsafe bytes.withUnsafeBytes { all in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: all[done..<count])
                return unsafe writeBytes(descriptor, rest)
            }
            if written >= 0 {
                done += written
            } else if errno != EINTR {
                throw .cannotWrite(path: name, reason: SystemError.text)
            }
        }
    }

    /// Writes bytes over what lies at `offset` of a file; what went through a pipe stays as it was.
    func overwrite(_ bytes: [UInt8], at offset: Int) throws(AudioCommandError) {
        let written = unsafe bytes.withUnsafeBytes { all in
            unsafe pwrite(descriptor, all.baseAddress, all.count, off_t(offset))
        }
        guard written == bytes.count || errno == ESPIPE else {
            throw .cannotWrite(path: name, reason: SystemError.text)
        }
    }

    /// Ends the file; only now is it known that all of it was taken.
    consuming func close() throws(AudioCommandError) {
        let failed = descriptor != STDOUT_FILENO && closeDescriptor(descriptor) != 0
        let place = name
        if failed { throw .cannotWrite(path: place, reason: SystemError.text) }
    }
}

@unsafe
private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    unsafe write(descriptor, bytes.baseAddress, bytes.count)
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
