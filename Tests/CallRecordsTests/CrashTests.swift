// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import Foundation
import Logging
import TelephonyAudio
import TestSupport
import Testing

@testable import CallRecords

/// What is there after the process that recorded was killed.
@Suite(.serialized) struct CrashTests {
    /// A process that records, and what it tells.
    private final class Child {
        private let process: ChildProcess
        private let output = Pipe()
        private var text = ""

        init(_ mode: String, _ path: String, _ words: [String] = []) throws {
            let places = [
                Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
            ]
            let program = try #require(
                places.map { $0.appendingPathComponent("recording-child").path }
                    .first { FileManager.default.isExecutableFile(atPath: $0) }
            )
            let writing = output.fileHandleForWriting
            process = try ChildProcess(
                program,
                [mode, path] + words,
                output: writing.fileDescriptor,
                errors: STDERR_FILENO
            )
            try writing.close()
        }

        /// Reads lines until one has these words; the line.
        func line(_ words: String) throws -> String {
            while true {
                while let end = text.firstIndex(of: "\n") {
                    let line = String(text[..<end])
                    text = String(text[text.index(after: end)...])
                    if line.contains(words) { return line }
                }
                let data = output.fileHandleForReading.availableData
                try #require(!data.isEmpty, "the child ended without '\(words)'")
                text += String(decoding: data, as: UTF8.self)
            }
        }

        /// The greatest number that it told until it ended.
        func last(_ word: String) throws -> Int {
            let rest = try output.fileHandleForReading.readToEnd() ?? Data()
            let lines = (text + String(decoding: rest, as: UTF8.self)).split(separator: "\n")
            return lines.compactMap { $0.hasPrefix(word + " ") ? Int($0.dropFirst(word.count + 1)) : nil }.last ?? 0
        }

        func kill() -> Int32 {
            _ = Foundation.kill(process.identifier, SIGKILL)
            return process.wait()
        }

        func wait() -> Int32 { process.wait() }
    }

    @Test(arguments: [1, 40, 150, 500, 1_200])
    func `No completed call is missing after SIGKILL`(calls: Int) throws {
        let recording = try Recording()
        let child = try Child("churn", recording.path)
        while try Int(child.line("completed").dropFirst(10)) ?? 0 < calls {}
        #expect(child.kill() == SIGKILL)
        let told = try child.last("completed")
        let recorder = try recording.recorder()
        #expect(recorder.close())
        let records = try recording.records()
        let ended = records.filter { $0[column: "state"] == .text("ended") }
        let interrupted = records.filter { $0[column: "state"] == .text("interrupted") }
        #expect(ended.count >= max(told, calls))
        #expect(ended.count + interrupted.count == records.count)
        #expect(recorder.counters.recovered == interrupted.count)
        // Each once, with its own figures.
        let durations = Set(ended.map { "call-" + $0[column: "duration_ms"].text })
        #expect(durations == Set(ended.map { $0[column: "call_id"].text }) && durations.count == ended.count)
        #expect(interrupted.allSatisfy { $0[column: "end_reason"] == .text("interrupted") })
        #expect(interrupted.allSatisfy { $0[column: "ended_at"] != .none && $0[column: "duration_ms"] == .none })
    }

    /// A recording whose process was killed when so much had been said: its file, and the milliseconds that were told.
    private func killed(_ folder: TemporaryFolder, at milliseconds: Int, _ words: [String]) throws -> (String, Int) {
        let child = try Child("speak", folder.path, words)
        while try Int(child.line("spoke").dropFirst(6)) ?? 0 < milliseconds {}
        #expect(child.kill() == SIGKILL)
        let told = try max(child.last("spoke"), milliseconds)
        let day = try #require(FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(day)").first)
        return ("\(folder.path)/\(day)/\(name)", told)
    }

    @Test(arguments: [[], ["paused"], ["sealed"], ["sealed", "paused"]], [1_130, 2_570])
    func `A recording holds all but the last second after SIGKILL`(words: [String], milliseconds: Int) throws {
        let folder = try TemporaryFolder()
        var (path, told) = try killed(folder, at: milliseconds, words)
        if words.contains("sealed") {
            let opener = try RecordingOpener(key: String(repeating: "0123456789abcdef", count: 4))
            let finding = try opener.open(path, to: folder.path + "/opened.wav")
            #expect(!finding.isWhole)
            path = folder.path + "/opened.wav"
        }
        let file = try WAVFile.parse(Array(Data(contentsOf: URL(fileURLWithPath: path))))
        // Playable as it lies there: nothing was mended.
        #expect(file.missingBytes == 0 && !file.isOpenEnded && file.format.channels == 2)
        #expect(file.samples.count >= 8 * (told - 1_000), "\(file.samples.count / 8) ms of \(told)")
        // The caller's sound is where it was, and silence where it was not to be recorded.
        let loud = file.samples.filter { abs(Int($0)) > 1_000 }.count
        let expected = words.contains("paused") ? min(file.samples.count, 4_000) : file.samples.count
        #expect(abs(loud - expected) <= 400, "\(loud) of \(file.samples.count) samples")
    }

    @Test func `A run that still lives keeps its calls`() throws {
        let recording = try Recording()
        let old = try recording.recorder()
        let call = try old.begin(Recording.start("a"))
        try old.record("b")
        old.awaitCompleted(1)
        let new = try recording.recorder()
        #expect(new.counters.recovered == 0)
        try new.record("c")
        call.end("a")
        #expect(old.close() && new.close())
        #expect(try recording.records().map { $0[column: "state"].text } == ["ended", "ended", "ended"])
    }

    @Test func `A run that ended well leaves nothing to recover`() throws {
        let recording = try Recording()
        let first = try recording.recorder()
        try first.record("a")
        #expect(first.close())
        let second = try recording.recorder()
        #expect(second.counters.recovered == 0 && recording.log.told(.warning).isEmpty)
        #expect(second.close())
    }

    @Test func `A file that may not grow delays records, and loses none`() throws {
        let recording = try Recording()
        let child = try Child("fill", recording.path)
        #expect(try child.line("trouble") == "trouble true")
        #expect(try child.line("completed") == "completed 2000")
        #expect(child.wait() == 0)
        #expect(try recording.records().count { $0[column: "state"] == .text("ended") } == 2_000)
    }
}
