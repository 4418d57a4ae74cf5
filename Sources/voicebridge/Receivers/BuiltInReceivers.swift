// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer

/// The kinds of receivers that a configuration can name.
enum BuiltInReceivers {
    /// Their names and options.
    static let schemas: [PartSchema] = ReceiverKind.all.map(\.schema)

    /// The kinds as a server takes them.
    static func catalogue(_ services: PlatformServices) -> ReceiverCatalogue {
        var catalogue = ReceiverCatalogue()
        for kind in ReceiverKind.all { catalogue.register(kind.schema) { try kind.make($0, services) } }
        return catalogue
    }
}
