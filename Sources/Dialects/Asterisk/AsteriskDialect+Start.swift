// SPDX-License-Identifier: Apache-2.0

import CallModel

extension AsteriskDialect {
    /// Formats by Asterisk's names, of those whose rate can be converted.
    static let formats: [String: AudioFormat] = [
        "ulaw": .muLaw8kHz,
        "alaw": .aLaw8kHz,
        "slin": .linear8kHz,
        "slin16": .linear16kHz,
        "slin24": .linear24kHz,
        "slin44": AudioFormat(encoding: .linear16, sampleRate: 44_100),
        "slin48": AudioFormat(encoding: .linear16, sampleRate: 48_000),
    ].compactMapValues(\.self)

    /// Reads `MEDIA_START`.
    ///
    /// The ids are those of the WebSocket's own channel and not of the caller's. The caller's are what the dialplan gave
    /// along, in the address (`v(…)`) or as channel variables: `call_id`, `from`, `to` and `direction`.
    mutating func decodeStart(_ message: AsteriskMessage) throws(DialectError) -> CallEvent {
        let name = message.text("format") ?? ""
        guard let format = Self.formats[name] else {
            throw .unsupportedFormat(field: "format", value: name)
        }
        try keepFrameSize(of: message, format: format)
        owesAnswer = settings.answers
        var parameters = CallParameters()
        for (name, value) in handshake.parameters { parameters.add(name, value) }
        for (name, value) in message.variables.values.sorted(by: { $0.key < $1.key }) { parameters.add(name, value) }
        let given = parameters.values
        for name in ["channel", "channel_id", "connection_id"] { parameters.add(name, message.text(name)) }
        let stream = message.text("connection_id", "channel_id")
        let identity = CallIdentity(
            stream: stream,
            call: LocalIdentifier.kept(given["call_id"]) ?? message.text("channel_id") ?? stream,
            random: random
        )
        return .start(
            CallStart(
                callID: identity.call,
                streamID: identity.stream,
                hasMadeUpID: identity.isMadeUp,
                platform: DialectName.asterisk.rawValue,
                from: given["from"]?.prefixed(toBytes: 256),
                to: given["to"]?.prefixed(toBytes: 256),
                direction: given["direction"].flatMap { CallStart.Direction(rawValue: $0.lowercased()) },
                format: format,
                parameters: parameters.values
            )
        )
    }

    /// Keeps `optimal_frame_size` where it is whole samples of one message at most.
    private mutating func keepFrameSize(of message: AsteriskMessage, format: AudioFormat) throws(DialectError) {
        guard let text = message.text("optimal_frame_size") else { return }
        guard let bytes = DecimalText.wholeNumber(text), (1...Self.maximumMessageBytes).contains(bytes),
            bytes.isMultiple(of: format.encoding.bytesPerSample)
        else { throw .unsupportedFormat(field: "optimal_frame_size", value: text) }
        frameBytes = bytes
    }
}
