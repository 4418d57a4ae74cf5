// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeServer
import CallModel

extension BuiltInBots {
    /// What they are called and which options they take, in the order in which people see them.
    static var descriptions: [BotDescription] { all.map(\.description) }

    /// The built-in bots as a server takes them.
    ///
    /// - Parameter services: what they use of the program.
    /// - Returns: all of them.
    static func catalogue(_ services: Services) -> BotCatalogue {
        var catalogue = BotCatalogue()
        for entry in entries(services) { catalogue.register(entry.description, entry.make) }
        return catalogue
    }
}
