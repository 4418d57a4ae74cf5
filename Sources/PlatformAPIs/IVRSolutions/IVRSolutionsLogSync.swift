// SPDX-License-Identifier: Apache-2.0

package import Dialects

/// Reads pages of new logs so that none comes twice and none is missed, without any I/O.
///
/// An answer holds some of the logs behind the last ids seen. Which, and how many at most, the platform's page does not say;
/// public clients found the newest 20 of each kind. So a page that is full and begins with its newest log may leave out
/// logs between the last one seen and its oldest: a ``Gap``, to be filled from the whole log before the cursor moves on. A
/// full page that begins with its oldest log leaves out those behind it, which the next page has.
package struct IVRSolutionsLogSync: Sendable {
    /// Ids that may be missing: those between two, both excluded.
    package struct Gap: Sendable, Equatable {
        /// Of which log.
        package let kind: IVRSolutionsLogKind
        /// The last id that was seen.
        package let after: UInt64
        /// The oldest id of the page.
        package let before: UInt64
        /// The days in which the missing ones are; nil when they are not known.
        package let days: ClosedRange<String>?
    }

    /// How many logs of a kind make a page full.
    package let pageSize: Int
    /// How far each log was read.
    package private(set) var cursor: IVRSolutionsLogCursor

    /// A sync that goes on from a cursor.
    ///
    /// - Parameters:
    ///   - cursor: how far each log was read.
    ///   - pageSize: how many logs of a kind make a page full. Default 20, what public clients found.
    package init(cursor: IVRSolutionsLogCursor, pageSize: Int = 20) {
        self.cursor = cursor
        self.pageSize = max(1, pageSize)
    }

    /// What a page brings.
    package struct Page: Sendable {
        /// The logs that are new, of each kind the oldest first.
        package var logs: [IVRSolutionsCallLog] = []
        /// What may be missing before them.
        package var gaps: [Gap] = []
        /// Whether more may follow at once.
        package var hasMore = false
    }

    /// Reads a page; the cursor stays where it is until ``commit(_:)``.
    package func read(_ answer: JSONValue?) -> Page {
        var page = Page()
        for kind in IVRSolutionsLogKind.allCases {
            let listed = kind.answerMembers.lazy.compactMap { answer?[$0] }.first?.elements ?? []
            let logs = listed.compactMap { IVRSolutionsCallLog($0, kind) }
            let mark = cursor[kind]
            let isFirst = last(kind) == 0
            let new = Self.unseen(logs, after: last(kind), before: nil, since: isFirst ? mark.day : nil)
            page.logs += new
            guard logs.count >= pageSize, let oldest = new.first, let begin = Self.number(oldest.record) else {
                continue
            }
            if let head = logs.first.flatMap({ Self.number($0.record) }),
                let tail = logs.last.flatMap({ Self.number($0.record) }), head < tail
            {
                page.hasMore = true
            } else if begin - last(kind) > 1, !isFirst || mark.day != nil {
                // At the very beginning, what was before the first page is wanted only from a day on.
                let days = mark.day.flatMap { from in oldest.day.flatMap { from <= $0 ? from...$0 : nil } }
                page.gaps.append(Gap(kind: kind, after: last(kind), before: begin, days: days))
            }
        }
        return page
    }

    /// The logs of a whole log that a gap lacks, the oldest first.
    package static func fill(_ gap: Gap, from answer: JSONValue?) -> [IVRSolutionsCallLog] {
        let logs = (answer?["data"]?.elements ?? []).compactMap { IVRSolutionsCallLog($0, gap.kind) }
        return unseen(logs, after: gap.after, before: gap.before, since: gap.days?.lowerBound)
    }

    /// Moves the cursor behind logs that were taken care of.
    package mutating func commit(_ logs: [IVRSolutionsCallLog]) {
        for log in logs {
            guard let id = Self.number(log.record), id > last(log.kind) else { continue }
            cursor[log.kind] = .init(id: log.record, day: log.day ?? cursor[log.kind].day)
        }
    }

    /// An id as a number; ids grow from call to call.
    static func number(_ id: String) -> UInt64? { UInt64(id) }

    private func last(_ kind: IVRSolutionsLogKind) -> UInt64 { Self.number(cursor[kind].id) ?? 0 }

    private static func unseen(
        _ logs: [IVRSolutionsCallLog],
        after: UInt64,
        before: UInt64?,
        since day: String?
    ) -> [IVRSolutionsCallLog] {
        var found: [UInt64: IVRSolutionsCallLog] = [:]
        for log in logs {
            guard let id = number(log.record), id > after, before.map({ id < $0 }) ?? true else { continue }
            if let day, let other = log.day, other < day { continue }
            found[id] = log
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }
}
