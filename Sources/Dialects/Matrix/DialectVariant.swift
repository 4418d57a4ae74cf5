// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// A platform that copies a dialect's, as the option `variant` names it.
package struct DialectVariant: Sendable, Equatable {
    /// The value of the option.
    package var name: String
    /// The platform's own name.
    package var platform: String
    /// What its wire carries when no other option is given.
    package var capabilities: DialectCapabilities
    /// Audio that its wire can carry, either way.
    package var formats: [AudioFormat]
    /// How it can show who it is.
    package var authentication: [DialectAuthentication]
    /// What is done over HTTP.
    package var overHTTP: Set<HTTPAction>

    /// A variant.
    package init(
        name: String,
        platform: String,
        capabilities: DialectCapabilities,
        formats: [AudioFormat],
        authentication: [DialectAuthentication],
        overHTTP: Set<HTTPAction> = []
    ) {
        self.name = name
        self.platform = platform
        self.capabilities = capabilities
        self.formats = formats
        self.authentication = authentication
        self.overHTTP = overHTTP
    }
}
