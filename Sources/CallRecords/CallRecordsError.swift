// SPDX-License-Identifier: Apache-2.0

/// Why records cannot be kept or read.
package struct CallRecordsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    package let description: String

    init(_ description: String) { self.description = description }
}
