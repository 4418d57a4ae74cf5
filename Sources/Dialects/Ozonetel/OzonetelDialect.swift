// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The wire of Ozonetel's (CloudAgent, KooKoo) audio streams: JSON both ways, in which audio is an array of samples.
///
/// The platform publishes neither keys nor marks nor transfers on it.
package struct OzonetelDialect: PlatformDialect {
    /// What the route chose.
    package let settings: OzonetelSettings
    /// The call's id since `start`, which our audio names.
    var callID: String?
    /// The messages of the call.
    var reader = MessageReader()
    /// Where the ids of a start without ids come from.
    let random: @Sendable () -> UInt64

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - settings: what the route chose.
    ///   - random: a source of random numbers for ids that the platform did not send; each must be unpredictable.
    package init(
        settings: OzonetelSettings = OzonetelSettings(),
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.settings = settings
        self.random = random
    }

    /// What the wire carries.
    package static let capabilities = DialectCapabilities(
        clear: true,
        marks: false,
        receivesDigits: false,
        sendDigits: false,
        hangUp: true,
        transfers: [],
        closeMeaning: .unknown
    )

    /// What the dialect is and which options it takes.
    package static let details = DialectDescription(
        name: .ozonetel,
        defaultPath: "/v1/ozonetel",
        summary: "Ozonetel (CloudAgent, KooKoo) audio stream",
        options: OzonetelSettings.options,
        capabilities: capabilities,
        formats: [.linear8kHz],
        platform: "Ozonetel",
        authentication: []
    )

    /// Sizes of audio messages: exactly as many samples as the route chose, 10 ms by default as the platform's own.
    package func framing(for format: AudioFormat) -> AudioFraming {
        AudioFraming(unit: settings.samplesPerMessage * format.encoding.bytesPerSample, maximumFrames: 1)
    }
}
