// SPDX-License-Identifier: Apache-2.0

import CallModel

extension JambonzDialect {
    /// Reads the first message: the call's attributes, the audio's, and the customer's `metadata`.
    mutating func decodeStart(in text: Span<UInt8>) throws(DialectError) -> CallEvent {
        let root = reader.document.root
        let format = try decodeFormat(in: text)
        let outbound = settings.outboundSampleRate.flatMap { AudioFormat(encoding: .linear16, sampleRate: $0) }
        let call = reader.document.memberText("callSid", of: root, in: text)
        let identity = CallIdentity(stream: nil, call: call, random: random)
        let direction = reader.document.memberText("direction", of: root, in: text)?.lowercased()
        return .start(
            CallStart(
                callID: identity.call,
                streamID: identity.stream,
                hasMadeUpID: identity.isMadeUp,
                platform: DialectName.jambonz.rawValue,
                from: reader.document.memberText("from", of: root, in: text)?.prefixed(toBytes: 256),
                to: reader.document.memberText("to", of: root, in: text)?.prefixed(toBytes: 256),
                direction: direction.flatMap(CallStart.Direction.init),
                format: format,
                outboundFormat: outbound,
                parameters: parameters(in: text)
            )
        )
    }

    /// Reads `sampleRate` and `mixType`; 8000 Hz, mono where they are missing.
    private mutating func decodeFormat(in text: Span<UInt8>) throws(DialectError) -> AudioFormat {
        let root = reader.document.root
        let rate = reader.document.memberText("sampleRate", of: root, in: text) ?? "8000"
        guard let hertz = DecimalText.wholeNumber(rate), JambonzSettings.sampleRates.contains(hertz),
            let format = AudioFormat(encoding: .linear16, sampleRate: hertz)
        else { throw .unsupportedFormat(field: "sampleRate", value: rate) }
        let mix = reader.document.memberText("mixType", of: root, in: text) ?? "mono"
        guard ["mono", "mixed", "stereo"].contains(mix) else {
            throw .unsupportedFormat(field: "mixType", value: mix)
        }
        isStereo = mix == "stereo"
        return format
    }

    /// The members of `metadata`, then all other attributes but those that are read on their own.
    private func parameters(in text: Span<UInt8>) -> [String: String] {
        let known: Set<String> = ["sampleRate", "mixType", "metadata", "callSid", "from", "to", "direction"]
        var parameters = CallParameters()
        if let place = reader.document.member("metadata", of: reader.document.root, in: text) {
            let isObject = reader.document.kind(at: place) == .object
            parameters.add(isObject ? "" : "metadata", at: place, of: reader.document, in: text)
        }
        var child = reader.document.firstChild(of: reader.document.root)
        while let current = child {
            if let name = reader.document.name(at: current, in: text), !known.contains(name) {
                parameters.add(name, at: current, of: reader.document, in: text)
            }
            child = reader.document.sibling(after: current, of: reader.document.root)
        }
        return parameters.values
    }
}
