// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeConfiguration
import Operations
import OutboundHTTP
import VoiceBridge

/// What says the texts that operators have played.
enum OperatorVoice {
    /// The service of the configuration, else what the build has; nil for none.
    ///
    /// - Parameters:
    ///   - configuration: where `admin.voice` may be.
    ///   - client: carries the service's requests.
    /// - Returns: what says a text.
    static func make(_ configuration: AdminConfiguration, client: any HTTPClient) -> AdminSpeech? {
        guard let synthesizer = synthesizer(configuration, client) else { return nil }
        let cache = SpeechCache(synthesizer, maximumBytes: 8 << 20)
        return { text, language in try await cache.prompt(text, language: language) }
    }

    private static func synthesizer(
        _ configuration: AdminConfiguration,
        _ client: any HTTPClient
    ) -> (any SpeechSynthesizer)? {
        guard let voice = configuration.voice else { return BuiltInBots.Services.synthesizer }
        var settings = SpeechEndpointSettings()
        settings.service.url = voice.url
        settings.service.apiKey = voice.key
        settings.model = voice.model ?? settings.model
        settings.voice = voice.name ?? settings.voice
        return SpeechEndpointSynthesizer(settings, client: client)
    }
}
