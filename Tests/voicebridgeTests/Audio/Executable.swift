// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// Runs the built `voicebridge` with bytes on its standard input.
enum Executable {
    struct Outcome {
        var status: Int32
        var output: [UInt8]
        var errors: String
    }

    /// The command lies beside the test bundle.
    static func locate() -> URL? {
        let places = [
            Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
        ]
        return places.map { $0.appendingPathComponent("voicebridge") }.first {
            FileManager.default.isExecutableFile(atPath: $0.path)
        }
    }

    static func run(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
        guard let command = locate() else { throw CocoaError(.fileNoSuchFile) }
        let (inputPipe, outputPipe, errorPipe) = (Pipe(), Pipe(), Pipe())
        let process = try ChildProcess(
            command.path,
            arguments,
            input: inputPipe.fileHandleForReading.fileDescriptor,
            output: outputPipe.fileHandleForWriting.fileDescriptor,
            errors: errorPipe.fileHandleForWriting.fileDescriptor
        )
        for handle in [
            inputPipe.fileHandleForReading, outputPipe.fileHandleForWriting, errorPipe.fileHandleForWriting,
        ] { try handle.close() }
        // Less than a pipe holds, so that writing cannot wait for a reader.
        precondition(input.count <= 32768)
        // A command that gives up at once must be given nothing: writing to it would raise SIGPIPE here.
        if !input.isEmpty { inputPipe.fileHandleForWriting.write(Data(input)) }
        try inputPipe.fileHandleForWriting.close()
        let output = [UInt8](outputPipe.fileHandleForReading.readDataToEndOfFile())
        let errors = errorPipe.fileHandleForReading.readDataToEndOfFile()
        return Outcome(
            status: process.wait(),
            output: output,
            errors: String(decoding: errors, as: UTF8.self)
        )
    }
}
