// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import Foundation

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// What the system tells of this process, asked through a file that is open from the start: when no descriptor is left is when
/// somebody wants to know.
final class ProcessWatch: Sendable {
    /// `/proc/self/stat`; -1 where there is none.
    private let stat: Int32
    /// When the machine began, in seconds since 1970, as it was when this was made: the system reckons it anew when somebody
    /// sets the clock, and the process began once.
    private let boot: Double?

    init() {
        stat = unsafe open("/proc/self/stat", O_RDONLY | O_CLOEXEC)
        let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8)
        let line = text?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        boot = line.flatMap { Double($0.dropFirst(6)) }
    }

    deinit { if stat >= 0 { close(stat) } }

    /// What the system says now; nil where it has no `/proc`.
    var figures: ProcessFigures? {
        guard let boot, let text = read() else { return nil }
        let most = DescriptorLimit.current.map { Double($0) } ?? 0
        return ProcessFigures(
            stat: text,
            boot: boot,
            ticks: Double(sysconf(Int32(_SC_CLK_TCK))),
            page: Double(sysconf(Int32(_SC_PAGESIZE))),
            // Where they cannot be counted, there is none left to count with.
            descriptors: Self.descriptors ?? most,
            maximumDescriptors: most
        )
    }

    private func read() -> String? {
        guard stat >= 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(stat, $0.baseAddress, $0.count, 0) }
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }

    private static var descriptors: Double? {
        // One of them is the folder itself, open to be read.
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double(max(0, $0.count - 1)) }
    }
}
