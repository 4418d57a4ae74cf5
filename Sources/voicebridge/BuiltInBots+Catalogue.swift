// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeServer
import CallModel
import Logging

extension BuiltInBots {
    /// What they are called and which options they take, in the order in which people see them.
    static var descriptions: [BotDescription] {
        all.map(\.description) + [ServicePipeline.description, OfflineAssistant.description]
    }

    /// The built-in bots as a server takes them.
    ///
    /// - Parameters:
    ///   - services: what they use of the program.
    ///   - logger: where they tell what happens in their conversations.
    /// - Returns: all of them.
    static func catalogue(_ services: Services, logger: Logger? = nil) -> BotCatalogue {
        var catalogue = BotCatalogue()
        for entry in entries(services) { catalogue.register(entry.description, entry.make) }
        catalogue.register(ServicePipeline.description) {
            try ServicePipeline.make($0, client: services.requests, logger: logger)
        }
        catalogue.register(OfflineAssistant.description) { try OfflineAssistant.make($0, logger: logger) }
        return catalogue
    }
}
