// SPDX-License-Identifier: Apache-2.0
package import CallModel
internal import ConfigurationReading

extension BridgeConfiguration {
    /// The effective configuration as YAML: every default filled in, keys in one fixed order, `(secret)` for secrets.
    ///
    /// ``load(yaml:file:bots:dialects:receivers:callControls:environment:overrides:readFile:)`` reads it back once the secrets are put in.
    ///
    /// - Parameters:
    ///   - bots: the bots it was read with, whose options are written in their order.
    ///   - dialects: the dialects it was read with.
    ///   - receivers: the kinds of receivers it was read with.
    ///   - callControls: the call controls it was read with.
    /// - Returns: the text, a line end at its end.
    package func yaml(
        bots: [BotDescription],
        dialects: [DialectSchema],
        receivers: [PartSchema] = [],
        callControls: [PartSchema] = []
    ) -> String {
        var writer = YAMLWriter()
        writer.mapping("listen", write(listen))
        writer.mapping("admin") { writer in
            writer.string("host", admin.host.text)
            writer.plain("port", admin.port)
            writer.plain("i_know", admin.allowsRemote)
            if admin.token != nil { writer.secret("token") }
            writer.plain("metrics", admin.metrics.rawValue)
            if let prompts = admin.prompts { writer.string("prompts", prompts) }
            if let voice = admin.voice {
                writer.mapping("voice") { writer in
                    writer.string("url", voice.url)
                    if voice.key != nil { writer.secret("key") }
                    if let model = voice.model { writer.string("model", model) }
                    if let name = voice.name { writer.string("name", name) }
                }
            }
        }
        writer.mapping("limits") { $0.limits(limits) }
        writer.mapping("drain") { writer in
            if let url = drain.handOver { writer.string("hand_over", url) } else { writer.plain("hand_over", "off") }
            writer.plain("hand_over_rate", drain.handOverRate)
            if let goodbye = drain.goodbye { writer.string("goodbye", goodbye) }
        }
        writer.mapping("logging") { writer in
            writer.plain("level", logging.level.rawValue)
            writer.plain("format", logging.format.rawValue)
        }
        writer.mapping("records") { writer in
            if let path = records.path { writer.string("path", path) } else { writer.plain("path", "off") }
            writer.plain("keep_days", records.keepDays)
            writer.plain("keep_calls", records.keepCalls)
            writer.plain("digits", records.digits.rawValue)
            writer.plain("backlog", records.backlog)
        }
        writer.mapping("observability") { writer in
            writer.plain("metrics", observability.keepsMetrics)
            writer.plain("route_labels", observability.labelsRoutes)
            guard let traces = observability.traces else { return writer.plain("traces", "off") }
            writer.mapping("traces", write(traces))
        }
        if !tenants.isEmpty {
            writer.mapping("tenants") { writer in
                for tenant in tenants { writer.entry { $0.tenant(tenant) } }
            }
        }
        writer.mapping("webhooks", write(webhooks))
        writer.mapping("recording", write(recording))
        writer.mapping("routes") { writer in
            for route in routes {
                writer.entry(write(route, bots: bots, dialects: dialects, callControls: callControls))
            }
        }
        if !self.receivers.isEmpty {
            writer.mapping("receivers") { writer in
                for receiver in self.receivers { writer.entry(write(receiver, receivers)) }
            }
        }
        return writer.text
    }

    private func write(_ listen: ListenConfiguration) -> (inout YAMLWriter) -> Void {
        { writer in
            writer.string("host", listen.host.text)
            writer.plain("port", listen.port)
            switch listen.security {
            case .plain: writer.plain("plain", true)
            case .selfSigned: writer.plain("tls", "self-signed")
            case .certificate(let files):
                writer.mapping("tls") { writer in
                    writer.string("certificate", files.certificate)
                    writer.string("key", files.key)
                    if let authorities = files.clientAuthorities { writer.string("client_ca", authorities) }
                    writer.plain("client_certificates", files.clientCertificates.rawValue)
                }
            }
            if let url = listen.publicURL { writer.string("public_url", url) }
            if !listen.trustedProxies.isEmpty {
                writer.strings("trusted_proxies", listen.trustedProxies.map(\.description))
            }
        }
    }
}

extension YAMLWriter {
    /// A key with a time, or `off`.
    mutating func duration(_ key: String, _ value: Duration?) {
        plain(key, value.map(DurationText.write) ?? "off")
    }

    /// A key with a secret that is not shown.
    mutating func secret(_ key: String) {
        plain(key, ConfigurationNode.hiddenSecret)
    }
}
