// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeServer
import CallModel
import Logging
import OutboundHTTP

extension BuiltInBots {
    /// What they are called and which options they take, in the order in which people see them.
    static var descriptions: [BotDescription] { (all + others(client: nil, logger: nil)).map(\.description) }

    /// The built-in bots as a server takes them.
    ///
    /// - Parameters:
    ///   - services: what they use of the program.
    ///   - logger: where they tell what happens in their conversations.
    /// - Returns: all of them.
    static func catalogue(_ services: Services, logger: Logger? = nil) -> BotCatalogue {
        var services = services
        services.others += others(client: services.requests, logger: logger)
        var catalogue = BotCatalogue()
        for entry in entries(services) + services.others { catalogue.register(entry.description, entry.make) }
        return catalogue
    }

    /// Bots that this program has beyond those of the library.
    private static func others(client: (any HTTPClient)?, logger: Logger?) -> [Entry] {
        [
            Entry(description: ServicePipeline.description) {
                try ServicePipeline.make($0, client: client, logger: logger)
            },
            Entry(description: OfflineAssistant.description) { try OfflineAssistant.make($0, logger: logger) },
        ]
    }
}
