// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import OutboundHTTP
import PlatformAPIs
import Synchronization
import Testing

@Suite("IVR Solutions' logs, read bit by bit") struct IVRSolutionsLogReaderTests {
    /// A platform with so many logs of each kind, which answers as told.
    final class Platform: HTTPClient {
        enum Order: CaseIterable, Sendable { case newestFirst, oldestFirst }

        struct State {
            var last: [IVRSolutionsLogKind: Int]
            var requests: [String] = []
            var failures = 0
        }

        let order: Order
        let pageSize: Int
        let state: Mutex<State>

        init(_ order: Order, pageSize: Int, last: [IVRSolutionsLogKind: Int]) {
            self.order = order
            self.pageSize = pageSize
            state = Mutex(State(last: last))
        }

        /// The log of an id: three ids a day.
        static func log(_ kind: IVRSolutionsLogKind, _ id: Int) -> JSONValue {
            let day = id / 3 + 1
            return .object([
                kind == .dialer ? "id" : "recordid": .number("\(id)"),
                "call_time": .string("2024-12-\(day < 10 ? "0" : "")\(day) 10:30:45"),
            ])
        }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let path = request.url.replacing("https://api.ivrsolutions.in/", with: "")
            let (last, fails) = state.withLock { state in
                state.requests.append(path)
                state.failures -= 1
                return (state.last, state.failures == 0)
            }
            if fails { return HTTPResponse(status: 400) }
            var members: [String: JSONValue] = ["status": .number("200")]
            if path == "v1/all_call_logs" {
                let names: [IVRSolutionsLogKind: String] = [
                    .call: "call_logs", .clickToCall: "click_to_call_logs", .dialer: "dialer_logs",
                ]
                let json = try JSONDocument.parse(request.body)
                for (kind, name) in names {
                    let after = json["last_\(kind.rawValue)_log_id"]?.text.flatMap { Int($0) } ?? -1
                    let new = Array(stride(from: after + 1, through: last[kind] ?? 0, by: 1)).filter { $0 > 0 }
                    let page = order == .newestFirst ? new.suffix(pageSize).reversed() : Array(new.prefix(pageSize))
                    members[name] = .array(page.map { Self.log(kind, $0) })
                }
            } else {
                let kind: IVRSolutionsLogKind =
                    path.hasPrefix("api/call_logs") ? .call : path == "api/c2c_logs" ? .clickToCall : .dialer
                members["data"] = .array((1...(last[kind] ?? 1)).map { Self.log(kind, $0) })
            }
            return HTTPResponse(status: 200, body: HTTPBody([JSONValue.object(members).encoded]))
        }
    }

    private func reader(_ platform: Platform, _ cursor: IVRSolutionsLogCursor) -> IVRSolutionsLogReader {
        let requests = IVRSolutionsRequests(token: Secret("k3y"))
        let exchange = PlatformExchange(client: platform, sleep: { _ in })
        return IVRSolutionsLogReader(IVRSolutionsClient(requests, exchange: exchange), cursor: cursor, pageSize: 4)
    }

    private func ids(_ logs: [IVRSolutionsCallLog], _ kind: IVRSolutionsLogKind) -> [Int] {
        logs.filter { $0.kind == kind }.compactMap { Int($0.record) }
    }

    /// How many logs of each kind there are at each run.
    static let histories: [[[IVRSolutionsLogKind: Int]]] = [
        [[.call: 3, .clickToCall: 0, .dialer: 2], [.call: 3, .clickToCall: 1, .dialer: 2]],
        [[.call: 4, .clickToCall: 4, .dialer: 4], [.call: 8, .clickToCall: 9, .dialer: 30]],
        [[.call: 40, .clickToCall: 17, .dialer: 1], [.call: 41, .clickToCall: 60, .dialer: 6], [.call: 41]],
    ]

    @Test("Come once each and all, whatever the platform's order", arguments: histories, Platform.Order.allCases)
    func complete(history: [[IVRSolutionsLogKind: Int]], order: Platform.Order) async throws {
        let platform = Platform(order, pageSize: 4, last: [:])
        var cursor = IVRSolutionsLogCursor(since: "2024-12-01")
        var logs: [IVRSolutionsCallLog] = []
        var last: [IVRSolutionsLogKind: Int] = [:]
        for run in history {
            last.merge(run) { $1 }
            platform.state.withLock { $0.last = last }
            // A new process goes on from the cursor that was kept.
            let kept = try #require(IVRSolutionsLogCursor(try JSONDocument.parse(cursor.json.encoded)))
            var reader = reader(platform, kept)
            let result = try await reader.read()
            #expect(result.isComplete)
            logs += result.logs
            cursor = reader.cursor
        }
        for kind in IVRSolutionsLogKind.allCases {
            #expect(ids(logs, kind) == Array(stride(from: 1, through: last[kind] ?? 0, by: 1)))
        }
    }

    @Test("Begin at the day that is asked for, and without one at the newest page")
    func since() async throws {
        let platform = Platform(.newestFirst, pageSize: 4, last: [.call: 20])
        var reader = reader(platform, IVRSolutionsLogCursor(since: "2024-12-04"))
        #expect(ids(try await reader.read().logs, .call) == Array(9...20))
        #expect(
            platform.state.withLock { $0.requests }
                == ["v1/all_call_logs", "api/call_logs?from_date=2024-12-04&to_date=2024-12-06"]
        )
        var other = self.reader(platform, IVRSolutionsLogCursor())
        #expect(ids(try await other.read().logs, .call) == Array(17...20))
    }

    @Test("Are read again when a request failed on the way", arguments: 1...3)
    func failed(request: Int) async throws {
        let platform = Platform(.oldestFirst, pageSize: 4, last: [.call: 12])
        platform.state.withLock { $0.failures = request }
        var reader = reader(platform, IVRSolutionsLogCursor())
        await #expect(throws: PlatformCallError.self) { try await reader.read() }
        #expect(reader.cursor == IVRSolutionsLogCursor())
        #expect(ids(try await reader.read().logs, .call) == Array(1...12))
    }

    @Test("Are left for the next run behind so many pages")
    func bounded() async throws {
        let platform = Platform(.oldestFirst, pageSize: 4, last: [.call: 12])
        var reader = reader(platform, IVRSolutionsLogCursor())
        let result = try await reader.read(maximumPages: 2)
        #expect(!result.isComplete && ids(result.logs, .call) == Array(1...8))
        #expect(ids(try await reader.read().logs, .call) == Array(9...12))
    }

    @Test("Are taken as they are documented, of each kind")
    func fields() throws {
        let page = #"""
            {"call_logs": [{"recordid": 18446744073709551615, "attended_by": "John Doe", "agent_no": "9123456789"}],
             "c2c_logs": [{"recordid": "56789", "agent_name": "Jane"}, {"recordid": "x"}, {}],
             "dialer_logs": [{"id": 78902, "dialer_id": 101, "customer_no": "9876543211", "attempts": 2}]}
            """#
        var sync = IVRSolutionsLogSync(cursor: IVRSolutionsLogCursor(), pageSize: 1)
        let read = sync.read(try JSONDocument.parse(Array(page.utf8)))
        #expect(read.logs.map(\.record) == ["18446744073709551615", "56789", "78902"])
        #expect(read.logs.map(\.agentName) == ["John Doe", "Jane", nil])
        #expect(read.logs.last?.client == "9876543211" && read.logs.last?.attempts == 2)
        sync.commit(read.logs)
        #expect(sync.read(try JSONDocument.parse(Array(page.utf8))).logs.isEmpty)
        #expect(IVRSolutionsLogCursor(.object([:])) == nil)
    }
}
