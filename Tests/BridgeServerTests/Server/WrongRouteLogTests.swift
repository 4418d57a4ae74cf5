// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import Logging
import TestSupport
import Testing
import VoiceBridge

/// What the log says of a platform that was given another one's path.
@Suite struct WrongRouteLogTests {
    @Test func `The line of the call's end names the route's dialect and what came`() async throws {
        let lines = Watched<[String]>([])
        let logger = Logger(label: "test") { _ in LoggingTests.Keeper(lines: lines) }
        let bot = TestBot { _ in Issue.record("the bot was started") }
        try await RunningServer.run(bot, DialectRouteTests.yaml("exotel"), logger: logger) { serving in
            let twilio = try #require(DialectRouteTests.platforms.first { $0.name == "twilio" })
            let client = try await serving.call(following: RawFrame.text(twilio.start))
            #expect(try await client.closeCode() == 1_008)
            _ = try await serving.observed.ended()
        }
        let ending = lines.value.filter { $0.contains("wrong_platform") }
        #expect(ending.count == 1)
        #expect(ending.first?.contains("This route speaks exotel, and what came looks like twilio.") == true)
    }
}
