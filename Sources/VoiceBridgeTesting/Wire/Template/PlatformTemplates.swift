// SPDX-License-Identifier: Apache-2.0

/// One platform's messages as templates: what a tool needs that plays thousands of calls and may not spend on them what
/// the server spends.
package struct PlatformTemplates: Sendable {
    /// The messages that begin a call, in order.
    package let opening: [MessageTemplate]
    /// A frame of audio.
    package let media: MessageTemplate
    /// The return of a mark; nil where the wire has none.
    package let mark: MessageTemplate?
    /// The last message; nil where the platform closes the socket and says no more.
    package let stop: MessageTemplate?
    /// Whether audio goes as binary messages.
    package let sendsBinaryAudio: Bool
    /// The WebSocket subprotocols that the platform asks for.
    package let subprotocols: [String]
    /// How sound is written on the wire.
    package let format: SimulatedAudioFormat
    /// Whether linear samples have their high byte first.
    package let isBigEndian: Bool
    private let call: SimulatedCallConfiguration
    private let rules: WireRules

    /// The templates of a platform's calls; nil where the platform sends audio only after an answer of the server.
    ///
    /// - Parameter call: Dialect, format, frames and numbers of the calls; ids are put in for each call anew.
    package init?(_ call: SimulatedCallConfiguration) {
        var probe = call
        probe.streamID = MessageTemplate.Probe.streamID
        probe.callID = MessageTemplate.Probe.callID
        format = call.format
        subprotocols = call.dialect.subprotocols
        var wire = call.dialect.wire(of: probe)
        var opening: [MessageTemplate] = []
        for text in [wire.connected(), wire.start(probe, sampleRate: call.format.sampleRate)] {
            guard let text else { continue }
            opening.append(MessageTemplate(text, next: text, numberedBefore: 0, content: ""))
        }
        guard wire.sendsAudio else { return nil }
        self.opening = opening
        rules = wire.rules
        isBigEndian = rules.isBigEndian
        sendsBinaryAudio = rules.sendsBinaryAudio
        let count = call.format.bytes(milliseconds: call.frameMilliseconds)
        let payload = wire.payload((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) })
        // The fifth message and the sixth: whatever the platform begins to count at, one digit changes.
        for _ in 0..<3 { _ = Self.media(payload, &wire) }
        var later = wire
        _ = Self.media(payload, &later)
        media =
            rules.sendsBinaryAudio
            ? .bareAudio : Self.template(wire, later, content: payload) { Self.media(payload, &$0) } ?? .bareAudio
        mark = Self.template(wire, later, content: MessageTemplate.Probe.name) {
            $0.mark(MessageTemplate.Probe.name, isCleared: false)
        }
        stop = Self.template(wire, later, content: "") { $0.stop(callID: probe.callID, reason: "stopped") }
        self.call = call
    }

    private static func media(_ payload: String, _ wire: inout any PlatformWire) -> String? {
        wire.media(
            payload: payload,
            chunk: MessageTemplate.Probe.chunk,
            milliseconds: MessageTemplate.Probe.milliseconds
        )
    }

    /// The template of a message, written as the fifth numbered one and as the sixth.
    private static func template(
        _ wire: any PlatformWire,
        _ later: any PlatformWire,
        content: String,
        _ write: (inout any PlatformWire) -> String?
    ) -> MessageTemplate? {
        var (wire, later) = (wire, later)
        guard let text = write(&wire), let next = write(&later) else { return nil }
        return MessageTemplate(text, next: next, numberedBefore: 4, content: content)
    }
}

extension PlatformTemplates {
    /// Audio as a media message carries it.
    package func payload(of samples: some Sequence<Int16>) -> [UInt8] {
        var bytes = format.encode(samples)
        if isBigEndian { Self.swapBytes(&bytes) }
        return sendsBinaryAudio ? bytes : Array(call.dialect.wire(of: call).payload(bytes).utf8)
    }

    /// Whether the platform takes so many bytes of audio in one message.
    package func allows(bytes: Int) -> Bool { rules.allow(bytes: bytes) }

    /// Reads the server's messages of one call.
    package func reader(streamID: String, callID: String) -> ReplyReader {
        var call = call
        call.streamID = streamID
        call.callID = callID
        return ReplyReader(wire: call.dialect.wire(of: call))
    }

    private static func swapBytes(_ bytes: inout [UInt8]) {
        for index in stride(from: 0, to: bytes.count - 1, by: 2) { bytes.swapAt(index, index + 1) }
    }
}
