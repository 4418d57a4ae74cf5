// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a process has used and holds, as Linux tells it in `/proc` (proc(5)).
package struct ProcessUsage: Sendable, Equatable {
    /// Seconds of processor time in the program, and in the kernel on its behalf.
    package var user: Double
    /// Seconds of processor time in the kernel on the program's behalf.
    package var system: Double
    /// Resident memory in KiB.
    package var memory: Int
    /// Threads.
    package var threads: Int
    /// Open files and sockets; nil where this user may not see them.
    package var descriptors: Int?

    /// All seconds of processor time.
    package var total: Double { user + system }

    /// What a process uses now; nil when there is none of that number.
    package static func read(_ process: Int) -> ProcessUsage? {
        guard let stat = text("/proc/\(process)/stat"), let status = text("/proc/\(process)/status") else { return nil }
        let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
        return ProcessUsage(stat: stat, status: status, descriptors: files, ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)))
    }

    /// What this process uses.
    package static func own() -> ProcessUsage? { read(Int(ProcessInfo.processInfo.processIdentifier)) }

    /// Reads the two files.
    init?(stat: String, status: String, descriptors: Int?, ticksPerSecond: Int) {
        // The name in brackets may hold anything; behind it field 3 is the first.
        guard let bracket = stat.lastIndex(of: ")"), ticksPerSecond > 0 else { return nil }
        let fields = stat[stat.index(after: bracket)...].split(separator: " ")
        guard fields.count > 17, let user = Double(fields[11]), let system = Double(fields[12]),
            let threads = Int(fields[17])
        else { return nil }
        let lines = status.split(separator: "\n")
        let resident = lines.first { $0.hasPrefix("VmRSS:") }?.split(separator: " ").dropFirst().first
        self.user = user / Double(ticksPerSecond)
        self.system = system / Double(ticksPerSecond)
        self.threads = threads
        self.descriptors = descriptors
        memory = resident.flatMap { Int($0) } ?? 0
    }

    private static func text(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        return (try? file.readToEnd()).map { String(decoding: $0, as: UTF8.self) }
    }
}
