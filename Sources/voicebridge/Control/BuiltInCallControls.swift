// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer

/// The platforms that a route's call control can name.
enum BuiltInCallControls {
    /// Their names and options.
    static let schemas: [PartSchema] = CallControlKind.all.map(\.schema)

    /// The platforms as a server takes them.
    static func catalogue(_ services: PlatformServices) -> CallControlCatalogue {
        var catalogue = CallControlCatalogue()
        for kind in CallControlKind.all { catalogue.register(kind.schema) { try kind.make($0, services) } }
        return catalogue
    }
}
