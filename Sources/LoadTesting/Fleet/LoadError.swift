// SPDX-License-Identifier: Apache-2.0

/// A load that cannot be put on a server at all.
package struct LoadError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong and what to do, in one line.
    package let description: String

    package init(_ description: String) { self.description = description }
}
