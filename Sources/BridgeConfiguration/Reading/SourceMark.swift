// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// A place in a file, from 1; zeros for what no file holds.
struct SourceMark: Hashable {
    var line: Int
    var column: Int

    /// The place of what no file holds.
    static let none = SourceMark(line: 0, column: 0)
    /// Where a file begins.
    static let start = SourceMark(line: 1, column: 1)
}

extension SourceMark {
    init(_ mark: Mark?) {
        self = mark.map { SourceMark(line: $0.line, column: $0.column) } ?? .none
    }
}
