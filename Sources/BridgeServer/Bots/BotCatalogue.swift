// SPDX-License-Identifier: Apache-2.0

public import CallModel
public import VoiceBridge

/// The bots that a configuration can name.
public struct BotCatalogue: Sendable {
    /// Makes a bot from the options of a route, which were checked against its description.
    public typealias Maker = @Sendable (BotOptions) throws -> any ConversationHandler

    private var entries: [(description: BotDescription, make: Maker)] = []

    /// An empty catalogue.
    public init() {}

    /// Adds a kind of bot; one of the same name is replaced.
    public mutating func register(_ description: BotDescription, _ make: @escaping Maker) {
        entries.removeAll { $0.description.name == description.name }
        entries.append((description, make))
    }

    /// The kinds of bots, in the order in which they were added.
    public var descriptions: [BotDescription] { entries.map(\.description) }

    /// Makes a bot; nil when the catalogue has none of that name.
    func make(_ name: String, _ options: BotOptions) throws -> (any ConversationHandler)? {
        try entries.first { $0.description.name == name }?.make(options)
    }
}
