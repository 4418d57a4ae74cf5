// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading

extension SectionReader {
    /// `audio` of one route.
    func readAudio(_ section: MappingReader?) -> AudioSettings {
        var audio = AudioSettings()
        guard var section else { return audio }
        audio.lead = section.duration("lead", in: .zero ... .milliseconds(1_000), default: audio.lead)
        if let node = section.take("frame"),
            let frame = node.duration(in: .milliseconds(20) ... .milliseconds(200)) ?? nil
        {
            if DurationText.isMultiple(frame, of: .milliseconds(20)) {
                audio.frame = frame
            } else {
                node.report("is no multiple of 20ms; give 20ms, 40ms and so on up to 200ms")
            }
        }
        audio.startThreshold =
            section.duration("start_threshold", in: .zero ... .milliseconds(500), default: audio.startThreshold)
        audio.preBuffer = section.duration("pre_buffer", in: .zero ... .seconds(10), default: audio.preBuffer)
        audio.maximumQueue =
            section.duration("maximum_queue", in: .seconds(1) ... .seconds(600), default: audio.maximumQueue)
        audio.detectsDTMF = section.flag("detect_dtmf", default: audio.detectsDTMF)
        audio.doctor = section.flag("doctor", default: audio.doctor)
        section.finish()
        return audio
    }

    /// `websocket` of one route.
    func readWebSocket(_ section: MappingReader?) -> WebSocketSettings {
        var settings = WebSocketSettings()
        guard var section else { return settings }
        settings.compression = section.flag("compression", default: settings.compression)
        if let nodes = section.take("subprotocols").flatMap({ $0.elements(limit: 16) }) {
            settings.subprotocols = readSubprotocols(nodes)
        }
        settings.pingInterval =
            section.duration("ping_interval", in: .seconds(1) ... .seconds(600), default: settings.pingInterval)
        let timeout = section.take("peer_timeout")
        if let value = timeout.flatMap({ $0.duration(in: .seconds(2) ... .seconds(1_800)) ?? nil }) {
            settings.peerTimeout = value
        }
        section.finish()
        if settings.peerTimeout <= settings.pingInterval {
            let values = (DurationText.write(settings.peerTimeout), DurationText.write(settings.pingInterval))
            context.report(
                "\(values.0) is not longer than `ping_interval` (\(values.1)), so no pong could be in time; raise it",
                path: ConfigurationNode.join(section.node.path, "peer_timeout"),
                mark: timeout?.mark ?? section.node.mark
            )
        }
        return settings
    }

    private func readSubprotocols(_ nodes: [ConfigurationNode]) -> [String] {
        var names: [String] = []
        for node in nodes {
            guard let name = node.text("the name of a subprotocol") else { continue }
            if !HeaderName.isToken(name) {
                node.report("is no name of a subprotocol; use letters, digits, `-` and `.`")
            } else if names.contains(name) {
                node.report("is there already; remove it")
            } else {
                names.append(name)
            }
        }
        return names
    }

    /// `limits` of one route, over the server's.
    func readRouteLimits(_ section: MappingReader?, server: ServerLimits) -> RouteLimits {
        var limits = RouteLimits(server)
        guard var section else { return limits }
        if let node = section.take("calls"), let calls = node.integer(in: Self.count) {
            limits.calls = calls
            reportExcess(calls, over: server.calls, at: node)
        }
        limits.quota = readQuota(&section)
        limits.startTimeout = section.duration("start_timeout", in: Self.shortTimeout, default: limits.startTimeout)
        limits.messageBytes = section.bytes("message_bytes", in: Self.messageBytes, default: limits.messageBytes)
        limits.fragments = section.integer("fragments", in: Self.count, default: limits.fragments)
        limits.maximumCallDuration =
            section.duration("maximum_call_duration", in: Self.callDuration, default: limits.maximumCallDuration)
        limits.silenceTimeout =
            section.durationOrOff("silence_timeout", in: Self.silence, default: limits.silenceTimeout)
        section.finish()
        return limits
    }
}
