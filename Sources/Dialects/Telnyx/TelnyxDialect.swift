// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The wire of Telnyx media streaming, in its `rtp` mode.
///
/// `start` announces the caller's audio only: ours is what the route says the platform was told. There is neither a hang-up nor
/// a transfer on the wire; when the socket closes the call goes on. Media may come out of order, which is counted and not put
/// right: a dialect holds nothing back.
package struct TelnyxDialect: PlatformDialect {
    /// What the route chose.
    package let settings: TelnyxSettings
    /// The message that is being read, and the bytes of the last ``CallEvent/media(_:)``.
    var reader = MessageReader()
    /// Whether the caller's audio comes with the high byte first.
    var swapsInbound = false
    /// Our audio with the high byte first, in memory that is used again.
    var swapped = MediaBuffer()
    /// Where the ids of a start without ids come from.
    let random: @Sendable () -> UInt64

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - settings: what the route chose.
    ///   - random: a source of random numbers for ids that the platform did not send.
    package init(
        settings: TelnyxSettings = TelnyxSettings(),
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.settings = settings
        self.random = random
    }

    /// What the wire carries.
    package static let capabilities = DialectCapabilities(
        clear: true,
        marks: true,
        sendDigits: false,
        hangUp: false,
        transfers: [],
        closeMeaning: .nextStep
    )

    /// What the dialect is and which options it takes.
    package static let details = DialectDescription(
        name: .telnyx,
        defaultPath: "/v1/telnyx",
        summary: "Telnyx media streaming with stream_bidirectional_mode rtp",
        options: TelnyxSettings.options,
        capabilities: capabilities,
        formats: [.muLaw8kHz, .aLaw8kHz] + TelnyxSettings.linearFormats,
        platform: "Telnyx",
        authentication: [.headers, .pathToken],
        overHTTP: [.hangUp, .transfer],
        testedAgainst: [.document, .simulation, .pipecat]
    )

    /// Sizes of audio messages: whole frames of 20 ms, at most 30 s.
    package func framing(for format: AudioFormat) -> AudioFraming {
        let unit = format.sampleCount(for: .milliseconds(20)) * format.encoding.bytesPerSample
        return AudioFraming(unit: unit, maximumFrames: 1_500)
    }
}
