// SPDX-License-Identifier: Apache-2.0

package import BridgeConfiguration
package import BridgeServer
package import CallModel
package import CallSession
package import Logging
import Synchronization

/// Records calls' audio as stereo files, the caller left and the bot right, on one clock: what the caller said, and what
/// the caller heard.
///
/// Event loops copy each frame into its call's tap and never wait; one thread mixes and writes. What the disk takes too late
/// is lost and counted, and no call suffers from it.
package final class Recordings: AudioRecorder {
    /// What was recorded, for metrics.
    package struct Counters: Sendable, Equatable {
        /// Recordings that are being written, or wait for their beginning.
        package var live = 0
        /// Recordings that were completed.
        package var completed = 0
        /// Calls that were not recorded because too many recordings wait for the disk.
        package var refused = 0
        /// Milliseconds of both sides together that were written.
        package var writtenMilliseconds = 0
        /// Bytes of audio that were lost because the disk was too slow or full.
        package var lostBytes = 0
        /// Writes that failed and were tried again.
        package var failures = 0
        /// Recordings that were given up because the disk took nothing for long.
        package var givenUp = 0
        /// Whether the disk takes nothing at present.
        package var isInTrouble = false
        /// Files that were deleted because they were too old or too many.
        package var deleted = 0
        /// Files that a dead process left behind and whose lengths were mended.
        package var mended = 0

        /// Nothing was recorded.
        package init() {}
    }

    /// The folder.
    package let folder: String
    private let length: Duration
    private let most: Int
    private let format: RecordingFormat
    private let isSealed: Bool
    private let clock: RecordClock
    private let writer: RecordingWriter
    private let keeping: RecordingKeeping

    /// Begins to record into a folder, mends what a dead process left there, and deletes what is too old.
    ///
    /// - Parameters:
    ///   - folder: an existing folder.
    ///   - settings: how long recordings are kept, and how much may wait.
    ///   - calls: calls that the server has at a time.
    ///   - logger: where trouble is told.
    ///   - clock: the system's unless given.
    /// - Throws: ``CallRecordsError`` when the folder cannot be written to.
    package init(
        folder: String,
        settings: RecordingConfiguration,
        calls: Int,
        logger: Logger,
        clock: RecordClock = RecordClock()
    ) throws(CallRecordsError) {
        try RecordingKeeping.check(folder)
        let key = settings.encryptionKey.flatMap { SealedRecording.key($0.reveal()) }
        guard key != nil || settings.encryptionKey == nil else {
            throw CallRecordsError("recording.encryption_key: is no key of 256 bits; give 64 hexadecimal digits")
        }
        guard settings.format.isBuilt else { throw CallRecordsError("recording.format: \(RecordingFormat.notBuilt)") }
        format = settings.format
        isSealed = key != nil
        self.folder = folder
        length = settings.buffer
        most = 2 * calls
        self.clock = clock
        writer = RecordingWriter(folder: folder, format: settings.format, key: key, logger: logger)
        keeping = RecordingKeeping(folder: folder, settings: settings, clock: clock, logger: logger)
        writer.start()
        keeping.start()
    }

    package func makeTap(for start: CallStart, route: String, observer: any CallObserver) -> AudioTap? {
        guard writer.takePlace(of: most) else { return nil }
        let tap = AudioTap(
            name: RecordingName.make(for: start.callID, at: clock.now(), format: format, isSealed: isSealed),
            format: start.format,
            outboundFormat: start.outboundFormat,
            length: length
        )
        writer.add(RecordingArrival(tap: tap, id: start.callID, route: route, observer: observer))
        return tap
    }

    /// What was recorded so far.
    package var counters: Counters {
        var counters = writer.counters
        (counters.deleted, counters.mended) = keeping.counts
        return counters
    }

    /// Completes the recordings of calls that are over, and ends; blocks its thread, so long at most.
    @discardableResult
    package func close(within limit: Duration = .seconds(10)) -> Bool {
        keeping.stop()
        return writer.close(milliseconds: Int(limit.wholeMilliseconds))
    }
}
