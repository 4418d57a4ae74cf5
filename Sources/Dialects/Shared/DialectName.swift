// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The dialects, by the names that configurations and command lines use.
package enum DialectName: String, Sendable, CaseIterable {
    /// The WSS telephony bridge of IVR Solutions.
    case ivrSolutions = "ivr-solutions"

    /// What the dialect is and which options it takes.
    package var details: DialectDescription {
        switch self {
        case .ivrSolutions: IVRSolutionsDialect.details
        }
    }
}

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

    /// A description.
    package init(
        name: DialectName,
        defaultPath: String,
        summary: String,
        options: [BotOption],
        capabilities: DialectCapabilities
    ) {
        self.name = name
        self.defaultPath = defaultPath
        self.summary = summary
        self.options = options
        self.capabilities = capabilities
    }
}
