// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

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
        let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        var sink = stdout.fileHandleForWriting
        if let outputPath {
            guard let file = FileHandle(forWritingAtPath: outputPath) else { throw CocoaError(.fileNoSuchFile) }
            try sink.close()
            sink = file
        }
        let process = try ChildProcess(
            products.appendingPathComponent("voicebridge").path,
            arguments,
            environment: environment,
            input: stdin.fileHandleForReading.fileDescriptor,
            output: sink.fileDescriptor,
            errors: stderr.fileHandleForWriting.fileDescriptor
        )
        for handle in [stdin.fileHandleForReading, sink, stderr.fileHandleForWriting] { try handle.close() }
        // Shorter than a pipe holds, so neither side waits for the other.
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        output = String(decoding: try stdout.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        errors = String(decoding: try stderr.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        status = process.wait()
    }
}
