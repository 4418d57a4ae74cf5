// SPDX-License-Identifier: Apache-2.0

import Bots
import CallSession
import Testing
import VoiceBridge
import VoiceBridgeTesting

/// One call between a simulated platform and a bot, in virtual time.
struct Conversation {
    var result: SimulatedCallResult
    var summary: CallSummary?
    var endCount: Int

    /// Plays the call.
    ///
    /// - Parameters:
    ///   - bot: who answers.
    ///   - options: of the dialect.
    ///   - latency: of a message, each way.
    ///   - session: the server's side.
    ///   - configure: the platform's side.
    /// - Throws: when an option has a bad value.
    init(
        _ bot: any ConversationHandler,
        options: BotOptions = BotOptions(),
        latency: Duration = .zero,
        session: (inout CallSessionConfiguration) -> Void = { _ in },
        _ configure: (inout SimulatedCallConfiguration) -> Void
    ) throws {
        var configuration = SimulatedCallConfiguration()
        configure(&configuration)
        let bridge = try VirtualBridge(bot: bot, dialectOptions: options, configure: session)
        var call = VirtualCall(configuration, server: bridge, latency: latency)
        result = call.run()
        summary = bridge.settle(from: call.now)
        endCount = bridge.endCount
    }

    /// The types of the server's messages other than audio and marks, in order.
    var commands: [String] { result.commands.map(\.type).filter { $0 != "mark" } }

    /// Every sample that the platform sent came back, but for the message whose echo crossed the platform's `stop`.
    func expectNothingLost(frame milliseconds: Int) {
        #expect(summary?.samplesSent == summary?.samplesReceived)
        let sent = result.framesSent * milliseconds * result.sampleRate / 1_000
        #expect(summary?.samplesReceived == Int64(sent))
        #expect(result.playback.received >= sent - max(20, milliseconds) * result.sampleRate / 1_000)
        #expect(result.playback.cleared == 0)
    }

    /// What the caller heard between two times, in milliseconds after `start`.
    func heard(from start: Int, to end: Int) -> ArraySlice<Int16> {
        let perMillisecond = result.sampleRate / 1_000
        let upper = min(result.heard.count, end * perMillisecond)
        return result.heard[min(start * perMillisecond, upper)..<upper]
    }
}

extension BotOptions {
    /// The dialect asks for marks.
    static let marks = BotOptions(["marks": .flag(true)])
}

extension Collection where Element == Int16 {
    /// The loudest sample.
    var peak: Int { map { abs(Int($0)) }.max() ?? 0 }
}
