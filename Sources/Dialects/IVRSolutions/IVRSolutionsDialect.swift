// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The wire of the IVR Solutions WSS telephony bridge: tolerant in what it reads, strict in what it writes.
///
/// A value of its own for each call. It translates and nothing else: it holds no queue, no clock and no state of the
/// call but the stream's id, which outbound marks name.
package struct IVRSolutionsDialect: PlatformDialect {
    /// What the route chose.
    package let settings: IVRSolutionsSettings
    /// The stream's id since `start`, for outbound marks.
    var streamID: String?
    /// The message that is being read, and the bytes of the last ``CallEvent/media(_:)``.
    var reader = MessageReader()
    /// Where the ids of a start without ids come from.
    let random: @Sendable () -> UInt64

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - settings: what the route chose.
    ///   - random: a source of random numbers for ids that the platform did not send; each must be unpredictable.
    package init(
        settings: IVRSolutionsSettings = IVRSolutionsSettings(),
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.settings = settings
        self.random = random
    }

    /// What the wire carries with the options of the route.
    package static func capabilities(_ settings: IVRSolutionsSettings) -> DialectCapabilities {
        var transfers = Set(TransferTarget.Kind.allCases)
        if !settings.allowSIPDestination { transfers.remove(.sip) }
        return DialectCapabilities(
            clear: true,
            marks: settings.marks,
            sendDigits: true,
            hangUp: true,
            transfers: transfers,
            closeMeaning: .unknown
        )
    }

    /// What the dialect is and which options it takes.
    package static let details = DialectDescription(
        name: .ivrSolutions,
        defaultPath: "/v1/ivr-solutions",
        summary: "IVR Solutions WSS telephony bridge",
        options: IVRSolutionsSettings.options,
        capabilities: capabilities(IVRSolutionsSettings()),
        formats: [.linear8kHz, .linear16kHz, .linear24kHz, .muLaw8kHz, .aLaw8kHz],
        platform: "IVR Solutions",
        authentication: [.bearer, .headers]
    )

    /// Sizes of audio messages: whole frames of 20 ms, as many as the route chose, at most 200 ms.
    package func framing(for format: AudioFormat) -> AudioFraming {
        let unit = format.sampleCount(for: .milliseconds(20)) * format.encoding.bytesPerSample
        var framing = AudioFraming(unit: unit, maximumFrames: 10)
        framing.bytesPerFrame = unit * (settings.frameMilliseconds / 20)
        return framing
    }
}
