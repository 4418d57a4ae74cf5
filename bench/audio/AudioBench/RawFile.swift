// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Whole files of raw 16-bit samples in the order of this processor's bytes.
enum RawFile {
    static func read(_ path: String) -> [Int16] {
        guard let file = unsafe fopen(path, "rb") else { AudioBench.fail("cannot open \(path)") }
        defer { unsafe fclose(file) }
        unsafe fseek(file, 0, SEEK_END)
        let count = unsafe ftell(file) / 2
        unsafe rewind(file)
        var samples = [Int16](repeating: 0, count: count)
        let found = unsafe samples.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 2, count, file) }
        guard found == count else { AudioBench.fail("cannot read \(path)") }
        return samples
    }

    static func write(_ samples: [Int16], count: Int, to path: String) {
        let written = unsafe samples.withUnsafeBytes { bytes in
            unsafe store(UnsafeRawBufferPointer(rebasing: bytes.prefix(2 * count)), to: path)
        }
        guard written else { AudioBench.fail("cannot write \(path)") }
    }

    static func write(text: String, to path: String) {
        let written = unsafe Array(text.utf8).withUnsafeBytes { unsafe store($0, to: path) }
        guard written else { AudioBench.fail("cannot write \(path)") }
    }

    @unsafe
    private static func store(_ bytes: UnsafeRawBufferPointer, to path: String) -> Bool {
        guard let file = unsafe fopen(path, "wb") else { return false }
        let count = unsafe fwrite(bytes.baseAddress, 1, bytes.count, file)
        return unsafe fclose(file) == 0 && count == bytes.count
    }
}
