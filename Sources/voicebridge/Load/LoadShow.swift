// SPDX-License-Identifier: Apache-2.0
import Foundation
import LoadTesting

/// Shows a load while it runs: a line on a terminal that is drawn anew, and a line for each step of a search.
final class LoadShow: Sendable {
    private let isTerminal: Bool
    private let isSilent: Bool

    init(isSilent: Bool) {
        self.isSilent = isSilent
        isTerminal = !isSilent && isatty(STDOUT_FILENO) == 1
    }

    func update(_ progress: LoadRun.Progress) {
        guard isTerminal else { return }
        // Carriage return and "erase line".
        write("\r\u{1B}[K" + LoadStory.line(progress))
    }

    func step(_ step: CapacityReport.Step) {
        guard !isSilent else { return }
        write((isTerminal ? "\r\u{1B}[K" : "") + LoadStory.line(step) + "\n")
    }

    /// Takes the line away.
    func clear() {
        if isTerminal { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }
}
