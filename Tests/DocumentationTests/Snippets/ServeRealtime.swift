// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeServer
import VoiceBridge

// The server of the article "Talk to a realtime model"; a test holds the two together.

func restaurantBot(key: Secret) throws -> RealtimeBot {
    var settings = RealtimeSettings()
    settings.apiKey = key
    settings.voice = "marin"
    settings.instructions = "You answer the telephone of the restaurant Banyan. Be brief and warm."
    settings.greeting = "Banyan, good evening!"
    return try RealtimeBot(
        settings,
        tools: [BookTable(), EndCallTool(), TransferTool(targets: ["kitchen": .extension("204")])]
    )
}

func serveRestaurant(key: Secret) async throws {
    let bot = try restaurantBot(key: key)
    var bots = BotCatalogue()
    bots.register(BotDescription(name: "restaurant", summary: "answers for the Banyan")) { _ in bot }
    try await BridgeServer(configurationFile: "restaurant.yaml", bots: bots).run()
}
