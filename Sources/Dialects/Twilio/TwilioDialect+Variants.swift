// SPDX-License-Identifier: Apache-2.0

import CallModel

extension TwilioDialect {
    /// The platforms that copy Twilio's wire.
    ///
    /// SignalWire can send a bearer token and takes no query; Smartflo and Acefone are given an address that they ask for
    /// each call.
    static let variants = [
        variant(.signalwire, "SignalWire", [.muLaw8kHz, .linear16kHz, .linear24kHz], [.bearer], [.hangUp, .transfer]),
        variant(.smartflo, "Tata Smartflo", [.muLaw8kHz], [.pathToken]),
        variant(.acefone, "Acefone", [.muLaw8kHz], [.pathToken]),
    ]

    private static func variant(
        _ variant: TwilioSettings.Variant,
        _ platform: String,
        _ formats: [AudioFormat],
        _ authentication: [DialectAuthentication],
        _ overHTTP: Set<HTTPAction> = []
    ) -> DialectVariant {
        var settings = TwilioSettings()
        settings.variant = variant
        return DialectVariant(
            name: variant.rawValue,
            platform: platform,
            capabilities: capabilities(settings),
            formats: formats,
            authentication: authentication,
            overHTTP: overHTTP
        )
    }
}
