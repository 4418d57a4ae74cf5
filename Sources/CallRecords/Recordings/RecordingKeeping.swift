// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import Foundation
import Logging
import Synchronization

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A thread that mends what a dead process left, and deletes what is too old or too much; files of others are left alone.
final class RecordingKeeping: Sendable {
    /// How often it looks, in milliseconds.
    private static let interval = 600_000

    private let folder: String
    private let days: Int
    private let bytes: Int?
    private let presumedTime: @Sendable () -> Int64
    private let logger: Logger
    private let figures = Mutex((deleted: 0, mended: 0))
    private let stopping = SteadySemaphore()

    init(folder: String, settings: RecordingConfiguration, clock: RecordClock, logger: Logger) {
        self.folder = folder
        days = settings.keepDays
        bytes = settings.keepBytes
        presumedTime = clock.presumed()
        self.logger = logger
    }

    /// Files that were deleted, and mended.
    var counts: (deleted: Int, mended: Int) { figures.withLock { $0 } }

    /// Says what is wrong with a folder that cannot be written to.
    static func check(_ folder: String) throws(CallRecordsError) {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw CallRecordsError("recording.folder: \(folder) is no folder; create it")
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw CallRecordsError("recording.folder: \(folder) cannot be written to; check who may write there")
        }
    }

    func start() {
        let thread = Thread { [self] in
            mend()
            repeat {
                sweep(now: presumedTime())
            } while !stopping.wait(milliseconds: Self.interval)
        }
        thread.name = "recordings-kept"
        thread.start()
    }

    func stop() { stopping.signal() }

    /// A file of ours: its path, its time of change in milliseconds since 1970, its bytes.
    struct Kept: Equatable {
        let path: String
        let changed: Int64
        let bytes: Int
    }

    /// The recordings of the folder, the oldest first.
    func kept() -> [Kept] {
        let days = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var found: [Kept] = []
        for day in days where Self.isDay(day) {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(day)")) ?? []
            where RecordingName.suffixes.contains(where: name.hasSuffix) {
                let path = "\(folder)/\(day)/\(name)"
                var status = stat()
                guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
                let changed = Int64(status.st_mtim.tv_sec) * 1_000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
                found.append(Kept(path: path, changed: changed, bytes: Int(status.st_size)))
            }
        }
        return found.sorted { ($0.changed, $0.path) < ($1.changed, $1.path) }
    }

    private static func isDay(_ name: String) -> Bool {
        name.utf8.count == 10 && name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }

    /// Mends the lengths of files that are not being written.
    func mend() {
        let mended = kept().count { RecordingFile.mend(path: $0.path) }
        figures.withLock { $0.mended += mended }
        guard mended > 0 else { return }
        logger.warning(
            "recordings that an earlier run left behind are mended",
            metadata: ["files": "\(mended)", "folder": "\(folder)"]
        )
    }

    /// Deletes what is older than it may be, then the oldest while all is larger than it may be.
    func sweep(now: Int64) {
        let kept = kept()
        let oldest = now - Int64(days) * 86_400_000
        var size = kept.reduce(0) { $0 + $1.bytes }
        var deleted = 0
        for file in kept where file.changed < oldest || bytes.map({ size > $0 }) == true {
            guard unsafe unlink(file.path) == 0 else { continue }
            size -= file.bytes
            deleted += 1
        }
        for day in Set(kept.map { $0.path.prefix(folder.count + 11) }) { _ = unsafe rmdir(String(day)) }
        figures.withLock { $0.deleted += deleted }
        if deleted > 0 { logger.info("recordings deleted", metadata: ["files": "\(deleted)", "folder": "\(folder)"]) }
    }
}
