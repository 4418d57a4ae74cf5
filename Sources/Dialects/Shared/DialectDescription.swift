// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// One dialect as a configuration can name it.
package struct DialectDescription: Sendable, Equatable {
    /// The dialect's name.
    package var name: DialectName
    /// The path of a route that gives none.
    package var defaultPath: String
    /// One line for people.
    package var summary: String
    /// The options that a route may give; any other is an error.
    package var options: [BotOption]
    /// What the wire can carry when no option is given.
    package var capabilities: DialectCapabilities
    /// Audio that the wire can carry, either way.
    package var formats: [AudioFormat]
    /// Those of them that the platform itself carries; its copies may carry more.
    package var ownFormats: [AudioFormat]
    /// WebSocket subprotocols that a route without any of its own offers, best first.
    package var subprotocols: [String]
    /// Whether the platform may be sent WebSocket pings.
    package var takesPings: Bool
    /// Whether the platform ends a call by closing the socket, without a message before.
    package var endsByClosing: Bool
    /// Whether the platform closes the socket itself behind its last message, and wants us to wait for that.
    package var closesItself: Bool
    /// The platform's own name.
    package var platform: String
    /// How the platform can show who it is, what its document gives first; empty where it gives none.
    package var authentication: [DialectAuthentication]
    /// What is done over HTTP, since the wire has no word for it.
    package var overHTTP: Set<HTTPAction>
    /// What the dialect was held against.
    package var testedAgainst: [DialectEvidence]
    /// Platforms that copy this one's wire.
    package var variants: [DialectVariant]

    /// A description.
    package init(
        name: DialectName,
        defaultPath: String,
        summary: String,
        options: [BotOption],
        capabilities: DialectCapabilities,
        formats: [AudioFormat],
        ownFormats: [AudioFormat]? = nil,
        subprotocols: [String] = [],
        takesPings: Bool = true,
        endsByClosing: Bool = false,
        closesItself: Bool = false,
        platform: String,
        authentication: [DialectAuthentication],
        overHTTP: Set<HTTPAction> = [],
        testedAgainst: [DialectEvidence] = [.document, .simulation],
        variants: [DialectVariant] = []
    ) {
        self.name = name
        self.defaultPath = defaultPath
        self.summary = summary
        self.options = options
        self.capabilities = capabilities
        self.formats = formats
        self.ownFormats = ownFormats ?? formats
        self.subprotocols = subprotocols
        self.takesPings = takesPings
        self.endsByClosing = endsByClosing
        self.closesItself = closesItself
        self.platform = platform
        self.authentication = authentication
        self.overHTTP = overHTTP
        self.testedAgainst = testedAgainst
        self.variants = variants
    }
}
