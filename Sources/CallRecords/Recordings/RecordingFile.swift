// SPDX-License-Identifier: Apache-2.0

import Digests
import TelephonyAudio

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A recording's file that grows, and is whole after every append: a stereo WAV file whose lengths are those of what it holds,
/// what an encoder makes of the samples, or chunks of either that are sealed.
///
/// The file is locked while it is written, however the process ends: who finds one that is not may mend its lengths.
struct RecordingFile: ~Copyable {
    private let descriptor: Int32
    private let header: WAVHeader
    private let encoder: (any RecordingEncoder)?
    private var sealed: SealedRecording?
    /// What was encoded or sealed and could not be written: it is not made twice, and no other chunk may have its number.
    private var waiting: [UInt8] = []
    private var end = 0
    private var isFinished = false
    /// Bytes of samples that were appended.
    private(set) var dataBytes = 0

    private init(
        _ descriptor: Int32,
        _ header: WAVHeader,
        _ encoder: (any RecordingEncoder)?,
        _ sealed: SealedRecording?
    ) {
        self.descriptor = descriptor
        self.header = header
        self.encoder = encoder
        self.sealed = sealed
    }

    /// Creates a file for nobody else to read, in a folder of its day that is created too.
    static func create(
        path: String,
        rate: SampleRate,
        encoder: (any RecordingEncoder)? = nil,
        key: [UInt8]?
    ) throws(CallRecordsError) -> RecordingFile {
        let content = encoder == nil ? SealedRecording.Content.samples : .opus
        let sealed = try key.map { key throws(CallRecordsError) in
            do { return try SealedRecording(key: key, rate: rate, content: content) } catch {
                throw CallRecordsError("\(error)")
            }
        }
        if let slash = path.lastIndex(of: "/") {
            let folder = String(path[..<slash])
            guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw error("create the folder", folder) }
        }
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw error("create", path) }
        flock(descriptor, LOCK_EX | LOCK_NB)
        return RecordingFile(descriptor, WAVHeader(format: format(rate)), encoder, sealed)
    }

    deinit { close(descriptor) }

    /// Bytes of the file.
    var bytes: Int { isPlain ? header.byteCount + dataBytes : end }

    private var isPlain: Bool { encoder == nil && sealed == nil }

    /// Appends samples of both channels; all or none when it throws, and then it must be asked for with the same again.
    mutating func append(_ samples: [UInt8]) throws(CallRecordsError) {
        if !isPlain {
            if waiting.isEmpty { waiting = try prepare(samples, isLast: false) }
            try writeWaiting()
        } else {
            if dataBytes == 0 { try write(header.bytes(dataBytes: 0), at: 0) }
            try write(samples, at: header.byteCount + dataBytes)
            try write(header.bytes(dataBytes: dataBytes + samples.count), at: 0)
        }
        dataBytes += samples.count
    }

    /// Says that nothing more comes.
    mutating func finish() throws(CallRecordsError) {
        guard !isPlain, !isFinished else { return }
        if waiting.isEmpty { waiting = try prepare([], isLast: true) }
        try writeWaiting()
        isFinished = true
    }

    /// What samples become in the file.
    private mutating func prepare(_ samples: [UInt8], isLast: Bool) throws(CallRecordsError) -> [UInt8] {
        var content = try samples.isEmpty ? [] : encoder?.encode(samples) ?? samples
        if isLast, let encoder { content += try encoder.finish() }
        guard let sealed, isLast || !content.isEmpty else { return content }
        do {
            let head = end == 0 ? sealed.head : []
            return try head + (self.sealed?.seal(content, isLast: isLast) ?? [])
        } catch {
            throw CallRecordsError("\(error)")
        }
    }

    private mutating func writeWaiting() throws(CallRecordsError) {
        try write(waiting, at: end)
        end += waiting.count
        waiting.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: [UInt8], at offset: Int) throws(CallRecordsError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let start = unsafe buffer.baseAddress?.advanced(by: done)
                return unsafe pwrite(descriptor, start, buffer.count - done, off_t(offset + done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.error("write to", "the recording") }
            done += count
        }
    }

    private static func format(_ rate: SampleRate) -> WAVFormat {
        WAVFormat(encoding: .pcm(bytes: 2), channels: 2, rate: rate.rawValue)
    }

    private static func error(_ what: String, _ path: String) -> CallRecordsError {
        let cause = unsafe String(cString: strerror(errno))
        return CallRecordsError("cannot \(what) \(path) (\(cause)); check the disk, and who may write there")
    }
}

// What a dead process left.
extension RecordingFile {
    /// Mends the lengths of a file that a process left behind when it died; whether there was something to mend.
    static func mend(path: String) -> Bool {
        let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // One that is locked is being written.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return false }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        var head = [UInt8](repeating: 0, count: 44)
        let count = unsafe head.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, 44, 0) }
        guard count == 44, Array(head[0..<4]) == Array("RIFF".utf8), Array(head[36..<40]) == Array("data".utf8) else {
            return false
        }
        let rate = SampleRate(rawValue: Int(SealedRecording.number(head[24..<28])))
        guard let rate, Int(SealedRecording.number(head[40..<44])) != (size - 44) / 4 * 4,
            let header = StereoWAVRecorder.repairedHeader(rate: rate, fileBytes: size)
        else { return false }
        return unsafe header.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) } == header.count
    }
}
