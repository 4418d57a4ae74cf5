// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

/// A whole call in virtual time: a simulated platform, the real session and relay, and a scripted service.
struct RealtimeCall {
    let result: SimulatedCallResult
    let summary: CallSummary?
    let service: ScriptedService

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
        let bot = try RealtimeBot(realtime, tools: tools, connector: service)
        let bridge = try VirtualBridge(bot: bot) { $0.detectsSpeech = true }
        var call = VirtualCall(configuration, server: Server(bridge: bridge, service: service))
        result = call.run()
        summary = bridge.settle(from: call.now)
    }

    /// The types of what the platform was told, other than audio and marks, in order.
    var commands: [String] { result.commands.map(\.type).filter { $0 != "mark" } }

    private struct Server: VirtualServer {
        let bridge: VirtualBridge
        let service: ScriptedService

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
            while service.step() { bridge.advance(to: now) }
        }

        func nextOutput() -> VirtualServerOutput? { bridge.nextOutput() }
    }
}
