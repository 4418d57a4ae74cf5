// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Dialects
import Testing
import VoiceBridge
import VoiceBridgeTesting

/// Each platform on the route of each other one.
@Suite struct WrongRouteTests {
    /// A platform and the route it was given.
    struct Pair: Sendable, CustomTestStringConvertible {
        let platform: SimulatedDialect
        let route: DialectName
        var testDescription: String { "\(platform.rawValue) on \(route.rawValue)" }

        /// These two begin a call alike, so that only the path can tell them apart; what is said to them differs.
        var isOneFamily: Bool {
            Set(["ivr-solutions", "exotel"]).isSuperset(of: [platform.rawValue, route.rawValue])
        }
    }

    static let pairs = SimulatedDialect.allCases.flatMap { platform in
        DialectName.allCases.filter { $0.rawValue != platform.rawValue }.map { Pair(platform: platform, route: $0) }
    }

    @Test func thereAreNinety() { #expect(Self.pairs.count == 90) }

    @Test(arguments: pairs)
    func `ends with a close and words that name both`(pair: Pair) throws {
        let bot = SceneBot(.greeting)
        let bridge = try VirtualBridge(bot: bot, dialect: pair.route) { _ in }
        var configuration = SimulatedCallConfiguration(pair.platform)
        configuration.duration = .seconds(3)
        var call = VirtualCall(configuration, server: bridge, latency: .milliseconds(10))
        let result = call.run()
        let summary = try #require(bridge.settle(from: call.now))
        guard !pair.isOneFamily else {
            #expect(summary.reason.code != "wrong_platform")
            return
        }
        #expect(result.closeCode == 1_008)
        #expect(result.endedBy == .server)
        #expect(summary.reason.code == "wrong_platform")
        // The log's line of a call that has ended carries this.
        let detail = try #require(summary.reason.detail)
        #expect(detail.contains("This route speaks \(pair.route.rawValue),"))
        #expect(detail.contains("looks like \(pair.platform.rawValue)."))
        #expect(bot.story.isEmpty)
        #expect(bridge.endCount == 1)
    }
}
