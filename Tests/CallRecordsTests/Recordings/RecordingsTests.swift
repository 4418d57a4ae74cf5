// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallSession
import Foundation
import Logging
import TelephonyAudio
import TestSupport
import Testing

@testable import CallRecords

/// Recordings on a disk, by the thread that writes them.
@Suite struct RecordingsTests {
    /// A call that is recorded: a second of it is told in an instant.
    private struct Recorded {
        let tap: AudioTap
        private let begun = CallInstant(nanoseconds: RecordTime.monotonicNanoseconds())
        private var position: Int64 = 0

        init(_ recordings: Recordings, _ id: String, observer: any CallObserver) throws {
            let start = CallStart(callID: CallID(id), streamID: "s", platform: "exotel", format: .muLaw8kHz)
            tap = try #require(recordings.makeTap(for: start, route: "/", observer: observer))
        }

        func begin() { tap.tell(TapEntry(.began, at: begun)) }

        /// Frames of 20 ms, caller and bot, as if so much time had passed.
        mutating func speak(frames: Int) {
            let bytes = [UInt8](repeating: 0x80, count: 160)
            for _ in 0..<frames {
                let time = begun + .milliseconds(Int(position) / 8 + 20)
                unsafe tap.tell(TapEntry(.caller, byteCount: 160, at: time, first: position), bytes.span.bytes)
                let played = TapEntry(.bot, byteCount: 160, at: time, first: time.nanoseconds, second: -1)
                unsafe tap.tell(played, bytes.span.bytes)
                position += 160
            }
        }

        func end() { tap.tell(TapEntry(.ended, at: begun + .milliseconds(Int(position) / 8))) }
    }

    private final class Ended: CallObserver {
        let recordings = RecordedList()
        func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {}
        func recordingEnded(_ recording: FinishedRecording, id: CallID, route: String) { recordings.add(recording) }
    }

    private static func recordings(
        _ folder: TemporaryFolder,
        _ log: KeptLog,
        calls: Int = 10,
        settings: RecordingConfiguration = RecordingConfiguration()
    ) throws -> Recordings {
        try Recordings(folder: folder.path, settings: settings, calls: calls, logger: log.logger)
    }

    @Test func `A call becomes a stereo file of its length that its observer is told of`() throws {
        let (folder, log, ended) = (try TemporaryFolder(), KeptLog(), Ended())
        let recordings = try Self.recordings(folder, log)
        var call = try Recorded(recordings, "call/../1", observer: ended)
        call.begin()
        call.speak(frames: 100)
        call.end()
        #expect(recordings.close())
        let finished = try #require(ended.recordings.all.first)
        #expect(ended.recordings.all.count == 1 && finished.isComplete && finished.lostBytes == 0)
        #expect(finished.duration == .seconds(2) && finished.bytes == 44 + 2 * 32_000)
        #expect(finished.name.contains("-call____1-") && finished.path == "\(folder.path)/\(finished.name)")
        let file = try WAVFile.parse(Array(Data(contentsOf: URL(fileURLWithPath: finished.path))))
        #expect(file.format.channels == 2 && file.format.rate == 8_000)
        #expect(file.samples.count == 16_000)
        let mode = try FileManager.default.attributesOfItem(atPath: finished.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(recordings.counters.completed == 1 && recordings.counters.live == 0)
        #expect(recordings.counters.writtenMilliseconds == 2_000 && recordings.counters.failures == 0)
    }

    @Test func `A call that never begins to be recorded leaves nothing`() throws {
        let (folder, log, ended) = (try TemporaryFolder(), KeptLog(), Ended())
        let recordings = try Self.recordings(folder, log)
        let call = try Recorded(recordings, "a", observer: ended)
        call.end()
        #expect(recordings.close())
        #expect(ended.recordings.all.isEmpty && recordings.counters.completed == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `No more calls are recorded than twice those that the server has`() throws {
        let (folder, log, ended) = (try TemporaryFolder(), KeptLog(), Ended())
        let recordings = try Self.recordings(folder, log, calls: 2)
        let start = CallStart(callID: CallID("a"), streamID: "s", platform: "exotel")
        let taps = (0..<5).map { _ in recordings.makeTap(for: start, route: "/", observer: ended) }
        #expect(taps.map { $0 != nil } == [true, true, true, true, false] && recordings.counters.refused == 1)
        for tap in taps { tap?.tell(TapEntry(.ended, at: CallInstant(nanoseconds: 0))) }
        #expect(recordings.close())
    }

    @Test func `A disk that takes nothing is said once, costs what was said meanwhile, and is used again`() throws {
        let (folder, log, ended) = (try TemporaryFolder(), KeptLog(), Ended())
        let recordings = try Self.recordings(folder, log)
        var call = try Recorded(recordings, "a", observer: ended)
        // A file stands where the folder of the day is to be.
        let day = folder.path + "/" + call.tap.name.prefix(10)
        try Data().write(to: URL(fileURLWithPath: day))
        call.begin()
        call.speak(frames: 1_000)
        #expect(log.awaitError())
        #expect(recordings.counters.isInTrouble)
        #expect(call.tap.droppedBytes > 0)
        try FileManager.default.removeItem(atPath: day)
        call.end()
        #expect(recordings.close(within: .seconds(30)))
        let finished = try #require(ended.recordings.all.first)
        #expect(finished.isComplete && finished.lostBytes == call.tap.droppedBytes && finished.duration == .seconds(20))
        #expect(log.told(.error).count == 1 && log.told(.notice).count == 1)
        #expect(recordings.counters.lostBytes == finished.lostBytes && !recordings.counters.isInTrouble)
        #expect(recordings.counters.failures > 0 && recordings.counters.writtenMilliseconds == 20_000)
    }

    @Test func `What a dead process left is mended, and nobody else's file`() throws {
        let (folder, log) = (try TemporaryFolder(), KeptLog())
        let day = folder.path + "/2026-03-01"
        try FileManager.default.createDirectory(atPath: day, withIntermediateDirectories: true)
        let header = StereoWAVRecorder(rate: .hz8000).header
        let samples = [UInt8](repeating: 1, count: 4_000)
        let left = day + "/left.wav"
        try Data(header + samples + [7]).write(to: URL(fileURLWithPath: left))
        let other = day + "/notes.wav"
        try Data("no RIFF".utf8).write(to: URL(fileURLWithPath: other))
        let keeping = RecordingKeeping(
            folder: folder.path,
            settings: RecordingConfiguration(),
            clock: RecordClock(),
            logger: log.logger
        )
        keeping.mend()
        #expect(keeping.counts.mended == 1 && log.told(.warning).count == 1)
        let file = try WAVFile.parse(Array(Data(contentsOf: URL(fileURLWithPath: left))))
        #expect(file.samples.count == 1_000)
        #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == Data("no RIFF".utf8))
        keeping.mend()
        #expect(keeping.counts.mended == 1)
    }

    @Test func `Old files go first by their age, then by the size of all`() throws {
        let (folder, log) = (try TemporaryFolder(), KeptLog())
        var settings = RecordingConfiguration()
        settings.keepDays = 10
        settings.keepBytes = 2_500
        let now: Int64 = 1_800_000_000_000
        for (number, age) in [12, 9, 5, 1].enumerated() {
            let day = "\(folder.path)/2026-03-0\(number + 1)"
            try FileManager.default.createDirectory(atPath: day, withIntermediateDirectories: true)
            let path = "\(day)/\(number).wav"
            try Data(count: 1_000).write(to: URL(fileURLWithPath: path))
            let date = Date(timeIntervalSince1970: Double(now) / 1_000 - Double(age) * 86_400)
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
        }
        try Data(count: 9_000).write(to: URL(fileURLWithPath: folder.path + "/mine.wav"))
        let keeping = RecordingKeeping(
            folder: folder.path,
            settings: settings,
            clock: RecordClock(),
            logger: log.logger
        )
        keeping.sweep(now: now)
        #expect(keeping.counts.deleted == 2)
        #expect(keeping.kept().map { $0.path.suffix(5) } == ["2.wav", "3.wav"])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["2026-03-03", "2026-03-04", "mine.wav"])
    }

    @Test func `A folder that is not there is an error that says so`() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: CallRecordsError.self) {
            _ = try Recordings(
                folder: folder.path + "/none",
                settings: RecordingConfiguration(),
                calls: 1,
                logger: KeptLog().logger
            )
        }
        #expect(error?.description.contains("recording.folder") == true)
    }

    @Test func `A call's row names its recording, and says what became of it`() throws {
        let recording = try Recording()
        let recorder = try recording.recorder()
        let call = try recorder.begin(Recording.start("a"))
        call.callNoted(CallID("a"), route: "/", .recordingBegan("2026-03-01/a.wav"))
        call.end("a")
        let finished = FinishedRecording(
            name: "2026-03-01/a.wav",
            path: "/x",
            duration: .milliseconds(1_500),
            bytes: 9,
            lostBytes: 0,
            isComplete: true
        )
        call.recordingEnded(finished, id: CallID("a"), route: "/")
        try recorder.record("b")
        #expect(recorder.close())
        let records = try recording.records()
        #expect(records[0][column: "recording"] == .text("2026-03-01/a.wav"))
        #expect(records[0][column: "recording_ms"] == .integer(1_500))
        #expect(records[0][column: "recording_whole"] == .flag(true) && records[0][column: "tenant"] == .none)
        #expect(records[1][column: "recording"] == .none && records[1][column: "recording_whole"] == .none)
    }
}
