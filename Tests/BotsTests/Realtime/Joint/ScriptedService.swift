// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore
import TestSupport

@testable import Bots

/// A realtime service within the process that follows a script in virtual time and keeps what it is told.
///
/// Unchecked, because everything that touches it runs on the one thread that drives virtual time.
final class ScriptedService: UpstreamConnector, @unchecked Sendable {
    /// What the service does, and when, counted from the end of the platform's handshake.
    private var script: [(time: Duration, words: String)]
    let format: UpstreamFormat
    /// The time now.
    var now = Duration.zero
    /// What it was told, as short words behind their time, without audio.
    private(set) var told: [String] = []
    /// What it was told, as it came, without audio.
    private(set) var events: [String] = []
    /// The audio it was sent.
    private(set) var audio: [UInt8] = []
    /// When each piece of it came.
    private(set) var appends: [Duration] = []
    /// Pieces of audio that came from another task than the one that drives virtual time.
    private(set) var appendsOfTasks = 0
    private let driver = ScriptedService.currentTask
    private(set) var connections = 0
    private weak var connection: ScriptedConnection?

    /// A service with a script: lines of a time in milliseconds and ``ServiceWords``, or `open`, `closed`, `refused N`.
    init(_ script: String, format: UpstreamFormat) {
        self.format = format
        self.script = script.split(separator: "\n").map { line in
            let parts = line.drop { $0 == " " }.split(separator: " ", maxSplits: 1)
            return (.milliseconds(Int(parts[0]) ?? 0), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    func connect(on loop: (any EventLoop)?, delegate: any UpstreamDelegate) -> any UpstreamConnection {
        let connection = ScriptedConnection(self, delegate)
        self.connection = connection
        connections += 1
        return connection
    }

    /// When it does something next.
    var nextTime: Duration? { script.first.map { max($0.time, now) } }

    /// Does the next thing, if it is due.
    func step() -> Bool {
        guard let line = script.first, line.time <= now else { return false }
        script.removeFirst()
        guard let connection, let delegate = connection.delegate else { return true }
        let words = line.words.split(separator: " ")
        switch words.first {
        case "open": delegate.upstreamOpened()
        case "closed": end(connection, .closed(code: 1006, reason: ""))
        case "refused": end(connection, .refused(status: Int(words[1]) ?? 0, retryAfter: nil))
        default:
            delegate.upstreamReceived(ServiceWords.event(line.words, format: format).utf8.span)
            delegate.upstreamMessageEnded()
        }
        return true
    }

    private func end(_ connection: ScriptedConnection, _ end: UpstreamEnd) {
        let delegate = connection.delegate
        connection.delegate = nil
        delegate?.upstreamClosed(end)
    }

    /// What tells the current task from others.
    private static var currentTask: Int? { unsafe withUnsafeCurrentTask { unsafe $0?.hashValue } }

    func take(_ text: Span<UInt8>) {
        let bytes = text.indices.map { text[$0] }
        guard case .object(let event)? = try? JSONDocument.parse(bytes) else {
            told.append("no JSON")
            return
        }
        if case .string("input_audio_buffer.append")? = event["type"], case .string(let coded)? = event["audio"] {
            audio += TestSupport.PlainBase64.decode(Array(coded.utf8)) ?? []
            appends.append(now)
            if Self.currentTask != driver { appendsOfTasks += 1 }
            return
        }
        events.append(String(decoding: bytes, as: UTF8.self))
        told.append("\(now.wholeMilliseconds) \(ServiceWords.shown(bytes, format: format))")
    }
}

/// A connection to a ``ScriptedService``.
final class ScriptedConnection: UpstreamConnection {
    private let service: ScriptedService
    weak var delegate: (any UpstreamDelegate)?
    private var gathered: [[UInt8]] = []

    init(_ service: ScriptedService, _ delegate: any UpstreamDelegate) {
        self.service = service
        self.delegate = delegate
    }

    func send(text: Span<UInt8>) { gathered.append(text.indices.map { text[$0] }) }

    func flush() {
        for text in gathered { service.take(text.span) }
        gathered = []
    }

    func close() { delegate = nil }
}
