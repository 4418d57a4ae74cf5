// SPDX-License-Identifier: Apache-2.0

internal import Dialects

/// Brings the logs that came at IVR Solutions since the last time.
package struct IVRSolutionsLogReader: Sendable {
    /// What one run brought.
    package struct Result: Sendable {
        /// The new logs, of each kind the oldest first.
        package var logs: [IVRSolutionsCallLog]
        /// Whether all there are were read; false when the bound on requests came first, and the next run goes on.
        package var isComplete: Bool
    }

    private let client: IVRSolutionsClient
    private var sync: IVRSolutionsLogSync

    /// A reader that goes on from a cursor.
    ///
    /// - Parameters:
    ///   - client: asks.
    ///   - cursor: how far each log was read.
    ///   - pageSize: how many logs of a kind make a page full, see ``IVRSolutionsLogSync``.
    package init(_ client: IVRSolutionsClient, cursor: IVRSolutionsLogCursor, pageSize: Int = 20) {
        self.client = client
        sync = IVRSolutionsLogSync(cursor: cursor, pageSize: pageSize)
    }

    /// How far each log was read; keep it once the logs of a run are kept.
    package var cursor: IVRSolutionsLogCursor { sync.cursor }

    /// Reads what is new.
    ///
    /// The cursor moves page by page, behind what was read with nothing missing before it; when a request fails, the logs of
    /// the pages before it are lost with the error, and so the cursor goes back to where the run began.
    ///
    /// - Parameter maximumPages: most pages of a run; each may take three more requests for what it leaves out.
    /// - Returns: the new logs.
    /// - Throws: as ``IVRSolutionsClient/dial(_:)``.
    package mutating func read(maximumPages: Int = 50) async throws -> Result {
        var sync = sync
        var result = Result(logs: [], isComplete: false)
        for _ in 0..<max(1, maximumPages) {
            let page = sync.read(try await client.newLogs(after: sync.cursor))
            var logs = page.logs
            for gap in page.gaps { logs += try await client.fill(gap) }
            let before = sync.cursor
            sync.commit(logs)
            result.logs += Self.sorted(logs)
            guard page.hasMore, sync.cursor != before else {
                result.isComplete = true
                break
            }
        }
        self.sync = sync
        return result
    }

    private static func sorted(_ logs: [IVRSolutionsCallLog]) -> [IVRSolutionsCallLog] {
        IVRSolutionsLogKind.allCases.flatMap { kind in
            logs.filter { $0.kind == kind }.sorted {
                (IVRSolutionsLogSync.number($0.record) ?? 0) < (IVRSolutionsLogSync.number($1.record) ?? 0)
            }
        }
    }
}
