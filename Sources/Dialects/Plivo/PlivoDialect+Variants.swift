// SPDX-License-Identifier: Apache-2.0

import CallModel

extension PlivoDialect {
    /// The platforms that copy Plivo's wire and differ from it; Superfone does not.
    static let variants: [DialectVariant] = {
        var settings = PlivoSettings()
        settings.variant = .vobiz
        return [
            DialectVariant(
                name: settings.variant.rawValue,
                platform: "Vobiz",
                capabilities: capabilities(settings),
                formats: [.muLaw8kHz, .linear8kHz, .linear16kHz],
                authentication: [.pathToken],
                overHTTP: [.hangUp, .transfer]
            )
        ]
    }()
}
