// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Synchronization
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

/// A whole call in virtual time: a simulated platform, the real session and relay, and a scripted service.
struct RealtimeCall {
    let result: SimulatedCallResult
    let summary: CallSummary?
    let service: ScriptedService
    /// Messages to the platform that were there as soon as the service had spoken, before anything else ran.
    let directMessages: Int
    /// What the bot reported, once for a call.
    let figures: [RealtimeFigures]

    /// The opening up to the greeting's `response.create`.
    static let opening = """
        40 open
        50 created
        60 updated

        """

    init(
        _ script: String,
        format: SimulatedAudioFormat = .ulaw8kHz,
        opening: String = Self.opening,
        tools: [any RealtimeTool] = [],
        _ platform: (inout SimulatedCallConfiguration) throws -> Void = { _ in },
        settings: (inout RealtimeSettings) -> Void = { _ in }
    ) throws {
        var realtime = RealtimeSettings()
        settings(&realtime)
        var configuration = SimulatedCallConfiguration()
        configuration.format = format
        configuration.startsEagerly = true
        try platform(&configuration)
        let wire: AudioFormat =
            switch format.encoding {
            case .pcm: .linear8kHz
            case .ulaw: .muLaw8kHz
            case .alaw: .aLaw8kHz
            }
        service = ScriptedService(opening + script, format: UpstreamFormat(for: wire, realtime))
        let reports = Mutex<[RealtimeFigures]>([])
        let bot = try RealtimeBot(realtime, tools: tools, connector: service) { _, figures in
            reports.withLock { $0.append(figures) }
        }
        let bridge = try VirtualBridge(bot: bot) { $0.detectsSpeech = true }
        let server = Server(bridge: bridge, service: service)
        var call = VirtualCall(configuration, server: server)
        result = call.run()
        directMessages = server.direct.count
        summary = bridge.settle(from: call.now)
        figures = reports.withLock { $0 }
    }

    /// The types of what the platform was told, other than audio and marks, in order.
    var commands: [String] { result.commands.map(\.type).filter { $0 != "mark" } }

    private struct Server: VirtualServer {
        let bridge: VirtualBridge
        let service: ScriptedService
        let direct = DirectOutputs()

        func receive(text: String, at now: Duration) {
            service.now = now
            bridge.receive(text: text, at: now)
        }

        func receive(binary: [UInt8], at now: Duration) {
            service.now = now
            bridge.receive(binary: binary, at: now)
        }

        func receiveClose(code: UInt16?, at now: Duration) {
            service.now = now
            bridge.receiveClose(code: code, at: now)
        }

        var nextDeadline: Duration? { [bridge.nextDeadline, service.nextTime].compactMap { $0 }.min() }

        func advance(to now: Duration) {
            service.now = now
            bridge.advance(to: now)
            // What waits by now is the bridge's own.
            while let output = bridge.nextOutput() { direct.queue.append(output) }
            while service.step() {
                while let output = bridge.nextOutput() {
                    direct.queue.append(output)
                    direct.count += 1
                }
                bridge.advance(to: now)
                while let output = bridge.nextOutput() { direct.queue.append(output) }
            }
        }

        func nextOutput() -> VirtualServerOutput? {
            direct.queue.isEmpty ? bridge.nextOutput() : direct.queue.removeFirst()
        }
    }

    /// Messages to the platform on their way, in order.
    private final class DirectOutputs {
        var queue: [VirtualServerOutput] = []
        var count = 0
    }
}
