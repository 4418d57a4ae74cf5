// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallSession
import Logging
import Synchronization
import TestSupport
import Testing

@testable import CallRecords

/// A database of a test's own, and calls to be recorded in it.
struct Recording {
    let folder: TemporaryFolder
    let log = KeptLog()
    var settings = RecordsConfiguration()
    var clock = RecordClock()

    init() throws { folder = try TemporaryFolder() }

    var path: String { folder.path + "/calls.sqlite" }

    func recorder(calls: Int = 10) throws -> CallRecorder {
        try CallRecorder(path: path, settings: settings, calls: calls, logger: log.logger, clock: clock)
    }

    func records(_ filter: RecordFilter = RecordFilter()) throws -> [CallRecord] {
        try RecordReader(path: path).records(filter)
    }

    static func start(_ id: String, from: String? = "+915550100", stream: String? = nil) -> CallStart {
        CallStart(callID: CallID(id), streamID: stream ?? "stream-\(id)", platform: "exotel", from: from, to: "204")
    }

    static func summary(_ code: String = "hangup", duration: Duration = .milliseconds(61_250)) -> CallSummary {
        CallSummary(reason: EndReason(side: .bot, code: code), duration: duration)
    }
}

extension CallRecorder {
    /// Begins a call.
    func begin(_ start: CallStart, route: String = "/v1/exotel") throws -> any CallObserver {
        let call = try #require(makeRoom(route: route))
        call.callStarted(start, route: route, bot: "echo")
        return call
    }

    /// Begins a call and ends it.
    func record(_ id: String, route: String = "/v1/exotel", _ summary: CallSummary = Recording.summary()) throws {
        try begin(Recording.start(id), route: route).end(id, summary)
    }
}

extension CallObserver {
    func end(_ id: String, _ summary: CallSummary = Recording.summary()) {
        callEnded(summary, id: CallID(id), route: "/v1/exotel", bot: "echo")
    }
}
