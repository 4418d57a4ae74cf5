// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// A part of the server as a configuration can name it, such as a kind of receiver: its name and the options it takes.
package struct PartSchema: Sendable {
    /// The name in the configuration, such as `plivo-transfer`.
    package var name: String
    /// One line for people.
    package var summary: String
    /// The options it takes; any other is an error.
    package var options: [BotOption]
    /// Looks at options that are good one by one, and says what is wrong with them and what to do; nil when all is well.
    package var problem: @Sendable (BotOptions) -> String?

    /// A schema.
    package init(
        name: String,
        summary: String,
        options: [BotOption] = [],
        problem: @escaping @Sendable (BotOptions) -> String? = { _ in nil }
    ) {
        self.name = name
        self.summary = summary
        self.options = options
        self.problem = problem
    }
}
