// SPDX-License-Identifier: Apache-2.0

public import VoiceBridge

/// A bot whose words are a realtime model's: speech goes to a service over a WebSocket and comes back as speech.
///
/// Audio passes between the platform's socket and the service's on the call's event loop, without a task and, where both have
/// G.711, without being decoded. Interrupting, keys, tools, lost connections and old sessions are taken care of.
public struct RealtimeBot: RelayingHandler {
    /// What the bot's own tasks hear and speak; the relay works with what the wire has.
    public let audioFormat = AudioFormat.linear8kHz

    let settings: RealtimeSettings
    let tools: [AnyRealtimeTool]
    let connector: any UpstreamConnector
    let report: @Sendable (CallID, RealtimeFigures) -> Void

    /// A bot that reaches its service over a socket.
    ///
    /// - Parameters:
    ///   - settings: where the service is and what it is told.
    ///   - tools: what the model may do; each name once.
    ///   - report: takes what each call came to, on the call's event loop: it may not wait. The log has it besides.
    /// - Throws: ``RealtimeError`` when the settings or the tools are no good.
    public init(
        _ settings: RealtimeSettings,
        tools: [any RealtimeTool] = [],
        report: @escaping @Sendable (CallID, RealtimeFigures) -> Void = { _, _ in }
    ) throws(RealtimeError) {
        try self.init(settings, tools: tools, connector: try SocketConnector(settings), report: report)
    }

    package init(
        _ settings: RealtimeSettings,
        tools: [any RealtimeTool],
        connector: any UpstreamConnector,
        report: @escaping @Sendable (CallID, RealtimeFigures) -> Void = { _, _ in }
    ) throws(RealtimeError) {
        guard [8_000, 16_000, 24_000].contains(settings.linearRate) else {
            throw RealtimeError(.settings, "linear_rate: \(settings.linearRate) Hz is none of 8000, 16000 and 24000")
        }
        self.settings = settings
        self.tools = tools.map { Self.erase($0) }
        self.connector = connector
        self.report = report
        let names = self.tools.map(\.description.name)
        guard Set(names).count == names.count else {
            throw RealtimeError(.settings, "two tools have one name: \(names.sorted().joined(separator: ", "))")
        }
    }

    private static func erase(_ tool: some RealtimeTool) -> AnyRealtimeTool { AnyRealtimeTool(tool) }

    /// Lets the model talk until one side ends the call; throws when there is no service to be had.
    public func converse(on call: Call) async throws {
        let (orders, feed) = AsyncStream.makeStream(of: ToolOrder.self, bufferingPolicy: .bufferingNewest(64))
        let session = RealtimeSession(settings: settings, start: call.start, tools: tools.map(\.description))
        let (connector, report, id) = (connector, report, call.id)
        call.attach { link in
            RealtimeRelay(session, link: link, connector: connector, orders: feed) { report(id, $0) }
        }
        try await withThrowingDiscardingTaskGroup { group in
            var stoppers: [String: AsyncStream<Never>.Continuation] = [:]
            for await order in orders {
                switch order {
                case .run(let function):
                    let (stop, stopper) = AsyncStream.makeStream(of: Never.self)
                    stoppers[function.id] = stopper
                    group.addTask { await run(function, on: call, until: stop) }
                case .stop(let id): stoppers.removeValue(forKey: id)?.finish()
                case .fail(let error): throw error
                }
            }
            group.cancelAll()
        }
        // The relay has let go: the call is over, or was never there.
        try await call.waitUntilEnded()
    }

    /// Runs a tool to its end, or until it is stopped, and tells the relay.
    private func run(_ function: FunctionCall, on call: Call, until stop: AsyncStream<Never>) async {
        guard let tool = tools.first(where: { $0.description.name == function.name }) else { return }
        await withTaskGroup(of: ToolOutcome?.self) { race in
            race.addTask { await tool.run(function.arguments, on: call) }
            race.addTask {
                for await _ in stop {}
                return nil
            }
            if let outcome = await race.next() ?? nil {
                call.tellRelay(ToolResult(call: function.id, outcome: outcome))
            }
            race.cancelAll()
        }
    }
}
