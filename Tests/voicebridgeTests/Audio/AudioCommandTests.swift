// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

struct AudioCommandTests {
    static let ramp = (0..<8000).map { UInt8(truncatingIfNeeded: $0 &* 37) }

    @Test func `raw samples go through a pipe, whatever the chunk`() throws {
        let expected = try Executable.run(
            ["audio", "resample", "--from", "16000", "--to", "8000", "-", "-"],
            input: Self.ramp
        )
        #expect(expected.status == 0 && expected.output.count == 4000 && expected.errors.isEmpty)
        for chunk in [["--chunk-samples", "7"], ["--chunk-samples", "100000"], ["--chunk-ms", "5"]] {
            let arguments = ["audio", "resample", "--from", "16000", "--to", "8000"] + chunk + ["-", "-"]
            #expect(try Executable.run(arguments, input: Self.ramp).output == expected.output, "\(chunk)")
        }
    }

    @Test func `random chunks and a trace change nothing, no flush leaves the last sample away`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let trace = folder.appendingPathComponent("trace").path
        // 4001 samples at 16 kHz are 2000.5 at 8 kHz: 2000 as they come, and one that the end adds.
        let input = Self.ramp + [1, 0]
        let plain = ["audio", "resample", "--from", "16000", "--to", "8000"]
        let expected = try Executable.run(plain + ["-", "-"], input: input).output
        #expect(expected.count == 4002)
        let random = ["--chunk-random", "3", "--no-flush", "--trace", trace, "-", "-"]
        let outcome = try Executable.run(plain + random, input: input)
        #expect(outcome.status == 0 && outcome.output == Array(expected.prefix(4000)))
        let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map { line in
            line.split(separator: " ").compactMap { Int($0) }
        }
        #expect(lines.last == [4001, 2000] && lines.count > 5)
        #expect(lines.allSatisfy { $0.count == 2 && $0[1] == $0[0] / 2 })
    }

    @Test func `the suffix asks for a WAV file`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.wav").path
        let first = try Executable.run(
            ["audio", "resample", "--from", "8000", "--to", "8000", "-", file],
            input: Self.ramp
        )
        #expect(first.status == 0)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        #expect(bytes.count == 8044 && Array(bytes[44...]) == Self.ramp && Array(bytes[40..<44]) == [0x40, 0x1F, 0, 0])
        let second = try Executable.run(["audio", "resample", "--from", "8000", "--to", "8000", file, "-"])
        #expect(second.status == 0 && second.output == Self.ramp)
        let wrong = try Executable.run(["audio", "resample", "--from", "16000", "--to", "8000", file, "-"])
        #expect(wrong.status == 1 && wrong.errors.contains("8000 Hz, not 16000"))
    }

    @Test(arguments: [
        ["resample", "--from", "16000", "--to", "8000", "IN", "IN"],
        ["resample", "--from", "16000", "--to", "8000", "IN", "LINK"],
        ["resample", "--from", "16000", "--to", "8000", "--trace", "IN", "IN", "-"],
        ["resample", "--from", "16000", "--to", "8000", "--trace", "OUT", "IN", "OUT"],
        ["g711", "--law", "ulaw", "encode", "IN", "IN"],
        ["resample", "--from", "16000", "--to", "8000", "/nonexistent/in.raw", "IN"],
        ["resample", "--from", "16000", "--to", "8000", "FIXTURE", "IN"],
    ])
    func `a file is never lost to a failure`(arguments: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appendingPathComponent("IN")
        try Data(Self.ramp).write(to: input)
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("LINK"),
            withDestinationURL: input
        )
        let names = [
            "IN": input.path, "LINK": folder.appendingPathComponent("LINK").path,
            "OUT": folder.appendingPathComponent("OUT").path,
            "FIXTURE": ListeningCommandTests.fixture("signals/beep-8k.wav"),
        ]
        let outcome = try Executable.run(["audio"] + arguments.map { names[$0] ?? $0 })
        #expect(outcome.status == 1 && outcome.errors.split(separator: "\n").count == 1)
        #expect([UInt8](try Data(contentsOf: input)) == Self.ramp)
    }

    @Test func `a WAV file that is cut short is used as far as it goes, and named`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.wav")
        let resample = ["audio", "resample", "--from", "8000", "--to", "8000"]
        _ = try Executable.run(resample + ["-", file.path], input: Self.ramp)
        try Data(try Data(contentsOf: file).dropLast(1000)).write(to: file)
        let outcome = try Executable.run(resample + [file.path, "-"])
        #expect(outcome.status == 0 && outcome.output == Array(Self.ramp.dropLast(1000)))
        let warning = "Warning: \(file.path) is cut short: 1000 bytes that its data chunk announces are missing\n"
        #expect(outcome.errors == warning)
        #expect(try Executable.run(["audio", "dtmf", file.path]).errors == warning)
    }

    @Test func `G.711 both ways`() throws {
        let encode = try Executable.run(
            ["audio", "g711", "--law", "ulaw", "encode", "-", "-"],
            input: [0, 0, 0xFF, 0xFF]
        )
        #expect(encode.output == [0xFF, 0x7F])
        let decode = try Executable.run(["audio", "g711", "--law", "alaw", "decode", "-", "-"], input: [0xD5, 0x55])
        #expect(decode.output == [8, 0, 0xF8, 0xFF])
    }

    @Test(arguments: [
        ["resample", "--from", "16001", "--to", "8000", "-", "-"],
        ["resample", "--from", "16000", "--to", "8000", "--chunk-ms", "1", "--chunk-samples", "1", "-", "-"],
        ["resample", "--from", "16000", "--to", "8000", "--chunk-samples", "0", "-", "-"],
        ["resample", "--from", "16000", "--to", "8000", "--chunk-ms", "1", "--chunk-random", "1", "-", "-"],
        ["resample", "--from", "16000", "--to", "8000", "--trace", "-", "-", "-"],
        ["resample", "--from", "16000", "-", "-"],
        ["g711", "--law", "other", "encode", "-", "-"],
        ["g711", "--law", "ulaw", "swap", "-", "-"],
        ["tone", "--digits", "12x", "-"],
        ["tone", "--frequency", "5000", "-"],
    ])
    func `wrong use exits with 64`(arguments: [String]) throws {
        let outcome = try Executable.run(["audio"] + arguments)
        #expect(outcome.status == 64 && outcome.output.isEmpty && outcome.errors.hasPrefix("Error: "))
    }

    @Test(arguments: [
        (
            ["resample", "--from", "16000", "--to", "8000", "/nonexistent/in.raw", "-"],
            "cannot open /nonexistent/in.raw"
        ),
        (
            ["resample", "--from", "16000", "--to", "8000", "-", "/nonexistent/out.raw"],
            "cannot open /nonexistent/out.raw"
        ),
        (["resample", "--from", "16000", "--to", "8000", "-", "-"], "standard input ends inside a sample, at byte 3"),
        (["g711", "--law", "alaw", "encode", "-", "-"], "standard input ends inside a sample, at byte 3"),
        (["g711", "--law", "ulaw", "encode", "/nonexistent/in.raw", "-"], "cannot open /nonexistent/in.raw"),
        (["g711", "--law", "ulaw", "decode", "-", "/nonexistent/out.raw"], "cannot open /nonexistent/out.raw"),
    ])
    func `a failure exits with 1 and one line`(arguments: [String], message: String) throws {
        let outcome = try Executable.run(["audio"] + arguments, input: message.contains("byte 3") ? [1, 2, 3] : [])
        #expect(outcome.status == 1 && outcome.errors.contains(message))
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }
}
