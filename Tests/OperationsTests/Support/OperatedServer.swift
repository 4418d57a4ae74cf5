// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Foundation
import Logging
import OutboundHTTP
import Testing
import Tracing
import VoiceBridge
import VoiceBridgeTesting

@testable import BridgeServer
@testable import Operations

/// A server on free ports with its admin API, for one test.
struct OperatedServer: Sendable {
    static let token = "0perat0r"

    /// An answer of the admin port.
    struct Answer: Sendable, Equatable {
        var status: Int
        var text: String
        var type: String?

        /// A value of a JSON object by its dotted path.
        subscript(_ path: String) -> String? {
            var value: Any? = try? JSONSerialization.jsonObject(with: Data(text.utf8))
            for key in path.split(separator: ".") {
                if let list = value as? [Any], let index = Int(key) {
                    value = list.indices.contains(index) ? list[index] : nil
                } else {
                    value = (value as? [String: Any])?[String(key)]
                }
            }
            return value.map { "\($0)" }
        }
    }

    /// A bot that says what it is told to, tells when it has begun, and stays until the call is over.
    final class Bot: ConversationHandler {
        let begun = AsyncStream<CallID>.makeStream()
        let audioFormat = AudioFormat.linear8kHz
        private let speech: Prompt?

        init(speech: Prompt? = nil) { self.speech = speech }

        func converse(on call: Call) async throws {
            begun.continuation.yield(call.start.callID)
            if let speech { _ = try? await call.play(speech) }
            try await call.waitUntilEnded()
        }
    }

    let server: BridgeServer
    let operations: ServerOperations
    let level: LogLevel
    let bot: Bot
    let port: Int
    let adminPort: Int
    private let client = URLSessionClient()

    /// Serves while `body` runs.
    @discardableResult
    static func run<Value>(
        admin: String = "token: \(token)",
        bot: any ConversationHandler = Bot(),
        observability: String = "{}",
        voice: AdminSpeech? = nil,
        tracer: (any Tracer)? = nil,
        traces: (@Sendable () -> TraceCounters)? = nil,
        _ body: (OperatedServer) async throws -> Value
    ) async throws -> Value {
        let yaml = """
            listen: {port: 0, plain: true}
            admin: {port: 0, \(admin)}
            observability: \(observability)
            limits: {lag: off, event_loops: 2, drain_deadline: 5s}
            routes:
              - {authentication: {none: true}, bot: test}
              - {path: /v1/exotel, dialect: exotel, authentication: {none: true}, bot: test}
            """
        let configuration = try BridgeConfiguration.load(
            yaml: yaml,
            file: "test.yaml",
            bots: [BotDescription(name: "test", summary: "of a test")],
            dialects: BridgeConfiguration.servedDialects,
            environment: [:]
        ) { _ in [] }
        var bots = BotCatalogue()
        bots.register(BotDescription(name: "test", summary: "of a test")) { _ in bot }
        let operations = ServerOperations(configuration)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = try BridgeServer(
            configuration: configuration,
            bots: bots,
            observers: operations.observers,
            tracer: tracer,
            logger: logger
        )
        let level = LogLevel(.info)
        operations.serve(server, traces: traces, voice: voice, level: level, logger: logger)
        let bound = AsyncStream<BridgeServer.BoundAddresses>.makeStream()
        let running = Task {
            defer { bound.continuation.finish() }
            try await server.run { bound.continuation.yield($0) }
        }
        guard let addresses = await bound.stream.first(where: { _ in true }) else {
            try await running.value
            throw CancellationError()
        }
        let serving = OperatedServer(
            server: server,
            operations: operations,
            level: level,
            bot: bot as? Bot ?? Bot(),
            port: addresses.port,
            adminPort: addresses.adminPort
        )
        defer { server.stop() }
        let value: Value
        do {
            value = try await body(serving)
        } catch {
            server.stop()
            try await running.value
            throw error
        }
        server.stop()
        try await running.value
        return value
    }

    /// Asks the admin port.
    func ask(
        _ method: HTTPMethod,
        _ path: String,
        token: String? = token,
        type: String? = nil,
        body: [UInt8] = []
    ) async throws -> Answer {
        var fields = HTTPFields()
        if let token { fields["Authorization"] = "Bearer " + token }
        if let type { fields["Content-Type"] = type }
        let url = "http://127.0.0.1:\(adminPort)\(path)"
        let response = try await client.send(HTTPRequest(method, url, fields: fields, body: body))
        let text = String(decoding: try await response.body.collect(), as: UTF8.self)
        return Answer(status: response.status, text: text, type: response.fields["Content-Type"])
    }

    /// The same with a body of JSON.
    func ask(_ method: HTTPMethod, _ path: String, json: String) async throws -> Answer {
        try await ask(method, path, type: "application/json", body: Array(json.utf8))
    }

    /// Has a platform call while `body` runs with the path of the call; gives what the platform saw.
    @discardableResult
    func call(
        _ dialect: SimulatedDialect = .ivrSolutions,
        id: String = "call/1 ü",
        _ body: (String) async throws -> Void
    ) async throws -> SimulatedCallResult {
        var configuration = SimulatedCallConfiguration(dialect)
        configuration.callID = id
        configuration.endsAtViolation = false
        let url = "ws://127.0.0.1:\(port)/v1/\(dialect.rawValue)"
        let calling = Task { [configuration] in try await SimulatedCall.run(url: url, configuration) }
        defer { calling.cancel() }
        guard let begun = await bot.begun.stream.first(where: { $0.rawValue == id }) else {
            return try await calling.value
        }
        let path = begun.rawValue.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        try await body("/v1/calls/" + path)
        calling.cancel()
        return try await calling.value
    }

    /// A WAV file of a tone.
    static func wav(_ duration: Duration) -> [UInt8] {
        let samples = Int(duration.wholeMilliseconds) * 8
        var bytes = Array("RIFF".utf8)
        func add(_ value: Int, _ count: Int) {
            for byte in 0..<count { bytes.append(UInt8(value >> (8 * byte) & 0xFF)) }
        }
        add(36 + samples * 2, 4)
        bytes += Array("WAVEfmt ".utf8)
        for (value, count) in [(16, 4), (1, 2), (1, 2), (8_000, 4), (16_000, 4), (2, 2), (16, 2)] { add(value, count) }
        bytes += Array("data".utf8)
        add(samples * 2, 4)
        for sample in 0..<samples { add(sample % 8 < 4 ? 4_000 : -4_000 & 0xFFFF, 2) }
        return bytes
    }
}
