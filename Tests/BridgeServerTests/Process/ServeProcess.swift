// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// The built program, serving, or calling, in a process of its own.
final class ServeProcess: Sendable {
    struct Told: Sendable {
        var output = ""
        var errors = ""
        var status: Int32?
    }

    let told = Watched(Told())
    let process: Int32

    /// Starts `voicebridge serve`, or another command, with these arguments; what it says is kept.
    init(
        _ arguments: [String],
        command verb: String = "serve",
        environment: [String: String]? = nil,
        keepsErrors: Bool = true
    ) throws {
        let places = [
            Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
        ]
        let command = places.map { $0.appendingPathComponent("voicebridge") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let command else { throw CocoaError(.fileNoSuchFile) }
        let (output, errors) = (Pipe(), Pipe())
        let told = told
        let child = try ChildProcess(
            command.path,
            [verb] + arguments,
            environment: environment,
            output: output.fileHandleForWriting.fileDescriptor,
            errors: errors.fileHandleForWriting.fileDescriptor
        )
        // The pipes end when the child has left, so that nothing but it may hold them.
        try output.fileHandleForWriting.close()
        try errors.fileHandleForWriting.close()
        process = child.identifier
        child.whenEnded { status in told.update { $0.status = status } }
        Self.keep(output) { text in told.update { $0.output += text } }
        if keepsErrors {
            Self.keep(errors) { text in told.update { $0.errors += text } }
        } else {
            try errors.fileHandleForReading.close()
        }
    }

    deinit { if told.value.status == nil { kill(process, SIGKILL) } }

    /// Reads on a thread of its own, until nobody can write any more.
    ///
    /// A `readabilityHandler` is not used: among some hundred of them, each dropped as its pipe ends, the queue that calls
    /// them now and then reads a source that is gone, which ends this process.
    private static func keep(_ pipe: Pipe, _ take: @escaping @Sendable (String) -> Void) {
        let handle = pipe.fileHandleForReading
        Thread.detachNewThread {
            while case let data = handle.availableData, !data.isEmpty { take(String(decoding: data, as: UTF8.self)) }
        }
    }

    func signal(_ number: Int32) { kill(process, number) }

    /// The lines of standard output once there are so many.
    func lines(_ count: Int) async throws -> [String] {
        try await told.wait("\(count) lines") { told in
            let lines = told.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
            guard lines.count >= count else {
                if let status = told.status {
                    throw Watched<Told>.Overdue(description: "exit \(status): \(told.errors)")
                }
                return nil
            }
            return lines
        }
    }

    /// The port in a line such as `listening on ws://127.0.0.1:8443`.
    static func port(_ line: String) -> Int? { line.split(separator: ":").last.flatMap { Int($0) } }

    /// Waits for words on standard error.
    func says(_ words: String) async throws {
        _ = try await told.wait("'\(words)' on standard error") { $0.errors.contains(words) ? true : nil }
    }

    func exit() async throws -> Told {
        _ = try await told.wait("exit") { $0.status }
        // What was written last may still be in a pipe.
        try await Task.sleep(for: .milliseconds(50))
        return told.value
    }

    /// Open descriptors of the process.
    func descriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
    }

    /// What others see of its start, as `ps` shows it.
    func commandLine() throws -> String {
        String(decoding: try TemporaryFolder.read("/proc/\(process)/cmdline"), as: UTF8.self)
    }

    /// A figure of `/proc/PID/status`, such as `VmRSS` in KiB or `Threads`.
    func figure(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line?.split(whereSeparator: { " \t:".contains($0) }).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
