// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// A dialect as a configuration can name it: its name and the options it takes.
package struct DialectSchema: Sendable, Equatable {
    /// The name in the configuration, such as `ivr-solutions`.
    package var name: String
    /// One line for people.
    package var summary: String
    /// The options it takes; any other is an error.
    package var options: [BotOption]
    /// Whether the platform asks over HTTP where to connect, so that `config_api` has a meaning.
    package var hasConfigAPI: Bool

    /// A schema.
    package init(name: String, summary: String = "", options: [BotOption] = [], hasConfigAPI: Bool = false) {
        self.name = name
        self.summary = summary
        self.options = options
        self.hasConfigAPI = hasConfigAPI
    }
}
