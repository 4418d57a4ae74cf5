// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// One platform of the matrix of platforms: what its wire carries and what that was held against.
package struct DialectRow: Sendable, Equatable {
    /// The platform's own name.
    package var platform: String
    /// The dialect it is spoken in.
    package var dialect: DialectName
    /// The dialect's option `variant`, where the platform needs it.
    package var variant: String?
    /// Audio that the wire can carry, either way.
    package var formats: [AudioFormat]
    /// What the wire carries when no other option is given.
    package var capabilities: DialectCapabilities
    /// What is done over HTTP.
    package var overHTTP: Set<HTTPAction>
    /// How the platform can show who it is.
    package var authentication: [DialectAuthentication]
    /// What the dialect, or this variant of it, was held against.
    package var testedAgainst: [DialectEvidence]

    /// The row of a dialect as its own table has it.
    init(_ details: DialectDescription) {
        platform = details.platform
        dialect = details.name
        formats = details.ownFormats
        capabilities = details.capabilities
        overHTTP = details.overHTTP
        authentication = details.authentication
        testedAgainst = details.testedAgainst
    }

    /// The row of a platform that copies another's dialect; none of them has a serializer in `pipecat-ai`.
    init(_ variant: DialectVariant, of details: DialectDescription) {
        platform = variant.platform
        dialect = details.name
        self.variant = variant.name
        formats = variant.formats
        capabilities = variant.capabilities
        overHTTP = variant.overHTTP
        authentication = variant.authentication
        testedAgainst = details.testedAgainst.filter { $0 != .pipecat }
    }
}
