// SPDX-License-Identifier: Apache-2.0

package import BridgeConfiguration
package import CallModel

/// Parts of one sort that a configuration can name, and how each is made.
package struct PartCatalogue<Part: Sendable>: Sendable {
    /// Makes a part from options that were checked against its schema.
    package typealias Maker = @Sendable (BotOptions) throws -> Part

    private var entries: [(schema: PartSchema, make: Maker)] = []

    /// An empty catalogue.
    package init() {}

    /// Adds a part; one of the same name is replaced.
    package mutating func register(_ schema: PartSchema, _ make: @escaping Maker) {
        entries.removeAll { $0.schema.name == schema.name }
        entries.append((schema, make))
    }

    /// The parts, in the order in which they were added.
    package var schemas: [PartSchema] { entries.map(\.schema) }

    /// Makes a part.
    ///
    /// - Throws: ``BridgeServerError`` when the catalogue has none of that name; what the part's maker throws.
    func make(_ name: String, _ options: BotOptions) throws -> Part {
        guard let entry = entries.first(where: { $0.schema.name == name }) else {
            let names = entries.map(\.schema.name).joined(separator: ", ")
            throw BridgeServerError("there is no '\(name)'; choose one of \(names)")
        }
        return try entry.make(options)
    }
}

/// What can answer plain HTTP on the public port.
package typealias ReceiverCatalogue = PartCatalogue<any HTTPReceiver>
/// What can act on calls out of band.
package typealias CallControlCatalogue = PartCatalogue<any CallControl>
