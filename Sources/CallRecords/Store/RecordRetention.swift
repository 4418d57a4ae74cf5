// SPDX-License-Identifier: Apache-2.0

/// How long records are kept, and how many.
package struct RecordRetention: Sendable, Equatable {
    /// Days after a call's start.
    package var days: Int
    /// Records in all.
    package var calls: Int

    /// A retention.
    package init(days: Int, calls: Int) {
        self.days = days
        self.calls = calls
    }
}
