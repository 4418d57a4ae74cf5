// SPDX-License-Identifier: Apache-2.0
package import Yams

/// A place in a file, from 1; zeros for what no file holds.
package struct SourceMark: Hashable {
    /// From 1.
    package var line: Int
    /// In Unicode scalars, from 1.
    package var column: Int

    /// A place.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The place of what no file holds.
    package static let none = SourceMark(line: 0, column: 0)
    /// Where a file begins.
    package static let start = SourceMark(line: 1, column: 1)
}

extension SourceMark {
    /// The place of a node.
    package init(_ mark: Mark?) {
        self = mark.map { SourceMark(line: $0.line, column: $0.column) } ?? .none
    }
}
