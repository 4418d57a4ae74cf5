// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A Markdown file of the repository, cut into what tests hold against the code.
struct Document {
    /// The repository.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    let text: String

    /// The file at a path of the repository.
    init(_ path: String) throws {
        text = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The contents of the fenced blocks of a language, `""` for those that name none.
    func blocks(_ language: String) -> [String] {
        var blocks: [String] = []
        var open: (language: String, lines: [Substring])?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                if let block = open {
                    if block.language == language { blocks.append(block.lines.joined(separator: "\n")) }
                    open = nil
                } else {
                    open = (String(line.dropFirst(3)), [])
                }
            } else {
                open?.lines.append(line)
            }
        }
        return blocks
    }

    /// The cells of each table row whose first cell is `code`, without the code's backticks.
    func codeRows() -> [[String]] {
        text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            line.dropFirst().dropLast().split(separator: " | ", omittingEmptySubsequences: false)
                .map { cell in cell.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
        }
    }

    /// Lines without their indentation, for comparing code that stands at another depth.
    static func bare(_ code: String) -> String {
        code.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
}
