// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import VoiceBridge

// The code of the article "Your first bot"; a test holds the two together.

func serveBeeper() async throws {
    var bots = BotCatalogue()
    bots.register(BotDescription(name: "beeper", summary: "beeps as often as the key says")) { _ in Beeper() }
    let server = try BridgeServer(configurationFile: "beeper.yaml", bots: bots)
    try await server.run()
}
