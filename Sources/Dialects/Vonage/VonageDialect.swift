// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The wire of a WebSocket endpoint of the Vonage Voice API: bare linear PCM, and JSON with an `event` or an `action`.
///
/// The endpoint is a leg of the call of its own, which hears the mix of all other parties. Hanging up, transfers and
/// keypresses go over the platform's HTTP interface and not over the socket.
package struct VonageDialect: PlatformDialect {
    /// The messages of the call.
    var reader = MessageReader()
    /// Where ids come from: the platform sends none.
    let random: @Sendable () -> UInt64

    /// A dialect for one call.
    ///
    /// - Parameter random: a source of random numbers for ids; each must be unpredictable.
    package init(random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }) {
        self.random = random
    }

    /// What the wire carries.
    ///
    /// Once the socket is closed the flow's next action runs, if it has one.
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
        name: .vonage,
        defaultPath: "/v1/vonage",
        summary: "Vonage Voice API WebSocket endpoint",
        options: [],
        capabilities: capabilities,
        formats: [.linear8kHz, .linear16kHz, .linear24kHz],
        endsByClosing: true,
        platform: "Vonage",
        authentication: [.bearer, .headers, .pathToken],
        overHTTP: [.hangUp, .transfer],
        testedAgainst: [.document, .simulation, .pipecat]
    )

    /// Sizes of audio messages: exactly 20 ms each, or the platform stops taking audio.
    package func framing(for format: AudioFormat) -> AudioFraming {
        AudioFraming(
            unit: format.sampleCount(for: .milliseconds(20)) * format.encoding.bytesPerSample,
            maximumFrames: 1
        )
    }
}
