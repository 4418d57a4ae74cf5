// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading

extension SectionReader {
    /// `admin`.
    func readAdmin(_ section: MappingReader?, listen: ListenConfiguration) -> AdminConfiguration {
        var admin = AdminConfiguration()
        guard var section else { return admin }
        let host = section.take("host")
        admin.host = host.flatMap { $0.host() } ?? admin.host
        let port = section.take("port")
        admin.port = port.flatMap { $0.integer(in: 0...65_535) } ?? admin.port
        admin.allowsRemote = section.flag("i_know", default: admin.allowsRemote)
        admin.token = section.take("token").flatMap { $0.secret(.token) }
        admin.metrics = section.word("metrics", default: admin.metrics)
        admin.prompts = section.take("prompts").flatMap { $0.text("the path of a folder") }
        admin.voice = section.take("voice").flatMap { MappingReader($0) }.flatMap(readVoice)
        section.finish()
        if !admin.host.isLoopback && !admin.allowsRemote {
            host?.report(
                "would let anybody in, for the admin port asks for nothing; use 127.0.0.1 or add `i_know: true`"
            )
        }
        let isSameHost = admin.host == listen.host || admin.host.isEveryAddress || listen.host.isEveryAddress
        if isSameHost && admin.port != 0 && admin.port == listen.port {
            (port ?? section.node).report("is the port of `listen` too; give another")
        }
        return admin
    }

    /// `admin.voice`.
    private func readVoice(_ reader: MappingReader) -> AdminVoice? {
        var reader = reader
        let urlNode = reader.take("url")
        if urlNode == nil { reader.reportMissing("url", "give the service that says texts, such as https://HOST/v1") }
        let url = urlNode.flatMap { $0.text("a URL") }
        if let urlNode, let url, WebhookURL(url) == nil {
            urlNode.report("\(ShownText.quoted(url)) is no URL; write https://HOST/v1 or the like")
        }
        let key = reader.take("key").flatMap { $0.secret(.text) }
        let model = reader.take("model").flatMap { $0.text("a model's name") }
        let name = reader.take("name").flatMap { $0.text("a voice's name") }
        reader.finish()
        return url.map { AdminVoice(url: $0, key: key, model: model, name: name) }
    }

    /// `observability`.
    func readObservability(_ section: MappingReader?) -> ObservabilityConfiguration {
        var observability = ObservabilityConfiguration()
        guard var section else { return observability }
        observability.keepsMetrics = section.flag("metrics", default: observability.keepsMetrics)
        observability.labelsRoutes = section.flag("route_labels", default: observability.labelsRoutes)
        observability.traces = section.take("traces").flatMap(readTraces)
        section.finish()
        return observability
    }
}
