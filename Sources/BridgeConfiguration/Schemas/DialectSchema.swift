// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// A dialect as a configuration can name it: its name and the options it takes.
package struct DialectSchema: Sendable {
    /// The name in the configuration, such as `ivr-solutions`.
    package var name: String
    /// One line for people.
    package var summary: String
    /// The options it takes; any other is an error.
    package var options: [BotOption]
    /// Whether the platform asks over HTTP where to connect, so that `config_api` has a meaning.
    package var hasConfigAPI: Bool
    /// Looks at options that are good one by one, and says what is wrong with them and what to do; nil when all is well.
    package var problem: @Sendable (BotOptions) -> String?

    /// A schema.
    package init(
        name: String,
        summary: String = "",
        options: [BotOption] = [],
        hasConfigAPI: Bool = false,
        problem: @escaping @Sendable (BotOptions) -> String? = { _ in nil }
    ) {
        self.name = name
        self.summary = summary
        self.options = options
        self.hasConfigAPI = hasConfigAPI
        self.problem = problem
    }
}
