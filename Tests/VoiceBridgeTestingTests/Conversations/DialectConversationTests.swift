// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Dialects
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

/// The same ten conversations on every platform, in every way that marks may return.
@Suite struct DialectConversationTests {
    /// A scene as it came out.
    struct Played {
        let result: SimulatedCallResult
        let summary: CallSummary?
        let endCount: Int
        let story: [String]
        let capabilities: DialectCapabilities
    }

    /// A scene on a platform.
    struct Plan: Sendable, CustomTestStringConvertible {
        let scene: Scene
        let dialect: SimulatedDialect
        var variant: SimulatedVariant?
        let mode: MarkMode
        var testDescription: String {
            "\(variant?.rawValue ?? dialect.rawValue), marks \(mode.rawValue): \(scene.rawValue)"
        }
    }

    static let plans = SimulatedDialect.allCases.flatMap { dialect in
        modes(of: dialect).flatMap { mode in
            Scene.allCases.map { Plan(scene: $0, dialect: dialect, mode: mode) }
        }
    }

    /// Platforms that speak another's dialect in their own way, whose marks are those of the other.
    static let variantPlans = SimulatedVariant.allCases.flatMap { variant in
        Scene.allCases.map { Plan(scene: $0, dialect: variant.dialect, variant: variant, mode: .honest) }
    }

    /// Every mark mode, where the wire has marks.
    private static func modes(of dialect: SimulatedDialect) -> [MarkMode] {
        let name = DialectName(rawValue: dialect.rawValue)
        return dialect == .ivrSolutions || name?.details.capabilities.marks == true ? MarkMode.allCases : [.honest]
    }

    @Test(arguments: plans + variantPlans)
    func `comes out alike`(plan: Plan) throws {
        let played = try Self.play(plan)
        let result = played.result
        #expect(result.violations == [])
        #expect(result.endedAsTold, "\(result.endReason)")
        #expect(played.endCount == 1)
        #expect(result.playback.underruns == 0)
        Self.check(plan.scene, played)
    }

    private static func check(_ scene: Scene, _ played: Played) {
        let result = played.result
        let heard = result.playback.heard * 1_000 / result.sampleRate
        switch scene {
        case .greeting:
            #expect(played.story == ["finished"])
            // The tail may be filled up to the platform's least message.
            #expect((400...800).contains(heard))
            #expect(result.endedBy == .caller)
        case .echo:
            #expect(heard >= 500)
            #expect(result.heard.contains { abs(Int($0)) > 4_000 })
            #expect(result.endedBy == .caller)
        case .bargeIn:
            #expect(played.story == ["interrupted"])
            #expect(result.playback.interruptions == 1)
            #expect((1_000...1_700).contains(heard))
        case .digits:
            #expect(played.story == (played.capabilities.receivesDigits ? ["1", "2", "3"] : []))
        case .collect:
            #expect(played.story == [played.capabilities.receivesDigits ? "12 terminator" : " noInput"])
            #expect(result.endedBy == .bot)
        case .transfer:
            let transfers = played.capabilities.transfers.contains(.phone)
            #expect(played.story == [transfers ? "transferred" : "refused"])
            #expect(result.endedBy == .bot)
            #expect(result.endReason == (transfers ? "transfer" : played.capabilities.hangUp ? "hangup" : "close"))
        case .hangUp:
            #expect((1_000...1_400).contains(heard))
            #expect(result.playback.cut == 0)
            #expect(result.endedBy == .bot)
            #expect(result.endReason == (played.capabilities.hangUp ? "hangup" : "close"))
        case .callerLeaves:
            #expect(played.story == ["interrupted"])
            #expect(result.endedBy == .caller)
            #expect(played.summary?.reason.side == .caller)
        case .secondStart:
            #expect(result.endedBy == .server)
            #expect(result.closeCode == 1_002)
        case .silentCaller:
            #expect(played.story == ["idle 1"])
            #expect(result.endedBy == .bot)
        }
    }

    /// The options of the route.
    private static func options(of name: DialectName, _ variant: SimulatedVariant?) -> [String: BotOptionValue] {
        switch variant {
        case nil: name == .ivrSolutions ? ["marks": .flag(true)] : [:]
        // How Asterisk writes is seen in what it writes.
        case .plainText: [:]
        case .some(let variant): ["variant": .text(variant.rawValue)]
        }
    }

    private static func play(_ plan: Plan) throws -> Played {
        let (scene, dialect) = (plan.scene, plan.dialect)
        var configuration = plan.variant.map(SimulatedCallConfiguration.init) ?? SimulatedCallConfiguration(dialect)
        configuration.markMode = plan.mode
        configuration.duration = .milliseconds(1_500)
        let rate = configuration.format.sampleRate
        let voice = Tone.samples(of: [Tone(frequency: 700, amplitude: 9_000)], rate: rate, count: rate)
        switch scene {
        case .echo: configuration.callerAudio = voice
        case .bargeIn:
            configuration.callerAudio = [Int16](repeating: 0, count: rate) + voice
            configuration.duration = .milliseconds(2_500)
        case .digits: configuration.digits = try ScheduledDigit.schedule("1@0.3,2@0.6,3@0.9")
        case .collect:
            configuration.digits = try ScheduledDigit.schedule("1@0.3,2@0.6,#@0.9")
            configuration.duration = .seconds(10)
        case .secondStart:
            configuration.fault = .duplicateStart
            configuration.faultTime = .milliseconds(700)
        case .greeting, .callerLeaves: break
        case .transfer, .hangUp, .silentCaller: configuration.duration = .seconds(10)
        }
        let name = try #require(DialectName(rawValue: dialect.rawValue))
        let options = BotOptions(Self.options(of: name, plan.variant))
        let bot = SceneBot(scene)
        let bridge = try VirtualBridge(bot: bot, dialect: name, dialectOptions: options) { session in
            session.idleTime = .seconds(1)
        }
        var call = VirtualCall(configuration, server: bridge, latency: .milliseconds(10))
        let result = call.run()
        let summary = bridge.settle(from: call.now)
        return Played(
            result: result,
            summary: summary,
            endCount: bridge.endCount,
            story: bot.story,
            capabilities: try Dialect(name: name, options: options).capabilities
        )
    }
}
