// SPDX-License-Identifier: Apache-2.0

/// Whether calls are recorded as rows of a database, and how long they stay there (`records`).
///
/// Nothing is kept unless a path is given: telephone numbers are about people, and a server does not begin to keep them on
/// a disk that nobody named.
package struct RecordsConfiguration: Sendable, Equatable {
    /// What is kept of the keys that callers press.
    package enum Digits: String, Sendable, CaseIterable {
        /// How many: a `*` for each.
        case masked
        /// Which.
        case shown
    }

    /// `path`: the database's file, or `off` (nil).
    ///
    /// Default `off`.
    package var path: String?
    /// `keep_days`: days after which a record is deleted, 1…36,500.
    ///
    /// Default 90.
    package var keepDays = 90
    /// `keep_calls`: records beyond which the oldest are deleted, 1…1,000,000,000.
    ///
    /// Default 1,000,000, about 1 GB.
    package var keepCalls = 1_000_000
    /// `digits`: what is kept of the keys that callers press.
    ///
    /// Default `masked`.
    package var digits = Digits.masked
    /// `backlog`: ended calls whose records may wait for the disk, 1…1,000,000.
    ///
    /// Default 10,000. With as many waiting, new calls are refused with 503 and `records_full`.
    package var backlog = 10_000

    /// No records.
    package init() {}
}
