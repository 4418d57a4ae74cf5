// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One run of the built program: what it wrote and how it ended.
struct CommandRun {
    var output: String
    var errors: String
    var status: Int32

    /// Runs `voicebridge` with standard input and variables, to its end; `outputPath` is written instead of `output`.
    init(
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:],
        outputPath: String? = nil
    ) throws {
        let process = Process()
        let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        process.executableURL = products.appendingPathComponent("voicebridge")
        process.arguments = arguments
        process.environment = environment
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
        if let outputPath {
            process.standardOutput = FileHandle(forWritingAtPath: outputPath)
            try stdout.fileHandleForWriting.close()
        }
        try process.run()
        // Shorter than a pipe holds, so neither side waits for the other.
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        output = String(decoding: try stdout.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        errors = String(decoding: try stderr.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
