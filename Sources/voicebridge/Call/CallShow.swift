// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import VoiceBridgeTesting

/// Shows a call while it runs: its story line by line, and on a terminal a line below that is drawn anew each time.
final class CallShow: Sendable {
    /// Turns beyond this are left out.
    private static let turnLimit = 50
    private let story = Mutex(CallStory())
    private let isTerminal = isatty(STDOUT_FILENO) == 1

    /// Shows what is new; called ten times a second at most.
    func update(_ progress: SimulatedCallProgress) {
        let lines = story.withLock { story in progress.news.compactMap { story.line($0) } }
        var text = lines.map { $0 + "\n" }.joined()
        // Carriage return and "erase line": the picture stays below the story.
        if isTerminal { text = "\r\u{1B}[K" + text + CallPicture.line(progress) }
        write(text)
    }

    /// Shows what a call came to, and where the time of its turns went.
    func end(_ result: SimulatedCallResult, turns: [AnsweredTurn]) {
        write((isTerminal ? "\r\u{1B}[K" : "") + CallStory.summary(result) + "\n")
        end(turns.prefix(Self.turnLimit).enumerated().flatMap { $1.lines($0 + 1) })
    }

    /// Shows lines behind a call.
    func end(_ lines: [String]) {
        write(lines.map { $0 + "\n" }.joined())
    }

    private func write(_ text: String) {
        guard !text.isEmpty else { return }
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }
}
