// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The wire of the jambonz verb `listen` (and `stream`) with `bidirectionalAudio.streaming`: bare linear PCM both ways,
/// and JSON with an `event` or a `type`.
package struct JambonzDialect: PlatformDialect {
    /// What the route chose.
    package let settings: JambonzSettings
    /// The messages of the call.
    var reader = MessageReader()
    /// Whether each message of audio holds two channels, of which the caller's is the first.
    var isStereo = false
    /// Whether a `clearMarks` is due behind a `killAudio`.
    var owesClearMarks = false
    /// Where the stream's id comes from: the platform sends none.
    let random: @Sendable () -> UInt64

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - settings: what the route chose.
    ///   - random: a source of random numbers for ids that the platform did not send; each must be unpredictable.
    package init(
        settings: JambonzSettings = JambonzSettings(),
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.settings = settings
        self.random = random
    }

    /// What the wire carries.
    ///
    /// A hang-up ends the verb, as closing the socket does; the next verbs of the application run then.
    package static let capabilities = DialectCapabilities(
        clear: true,
        marks: true,
        sendDigits: false,
        hangUp: true,
        transfers: [],
        closeMeaning: .nextStep
    )

    /// What the dialect is and which options it takes.
    package static let details = DialectDescription(
        name: .jambonz,
        defaultPath: "/v1/jambonz",
        summary: "jambonz verb listen with streaming audio both ways",
        options: JambonzSettings.options,
        capabilities: capabilities,
        formats: JambonzSettings.sampleRates.compactMap { AudioFormat(encoding: .linear16, sampleRate: $0) },
        subprotocols: ["audio.jambonz.org"],
        endsByClosing: true,
        platform: "jambonz",
        authentication: [.basic, .pathToken]
    )

    /// Sizes of audio messages: whole samples; 20 ms in the steady state, at most 200 ms.
    package func framing(for format: AudioFormat) -> AudioFraming {
        let frame = format.sampleCount(for: .milliseconds(20)) * format.encoding.bytesPerSample
        return AudioFraming(
            bytesPerFrame: frame,
            minimumBytes: format.encoding.bytesPerSample,
            maximumBytes: frame * 10,
            multipleOfBytes: format.encoding.bytesPerSample
        )
    }
}
