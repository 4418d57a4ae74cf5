// SPDX-License-Identifier: Apache-2.0
internal import CallModel
internal import ConfigurationReading

extension SectionReader {
    /// Header fields that the exporter fills in itself, or HTTP does.
    private static let exporterHeaders: Set<String> = [
        "connection", "content-encoding", "content-length", "content-type", "host", "te", "transfer-encoding",
        "user-agent",
    ]
    /// Most bytes of `service_name`.
    private static let longestName = 255

    /// `observability.traces`.
    func readTraces(_ node: ConfigurationNode) -> TracesConfiguration? {
        guard !node.isWord("off"), var section = MappingReader(node) else { return nil }
        let endpointNode = section.take("endpoint")
        let isPlainAllowed = section.flag("plain", default: false)
        if endpointNode == nil {
            section.reportMissing("endpoint", "give the URL of a collector, such as http://127.0.0.1:4318")
        }
        let endpoint = endpointNode.flatMap { readCollector($0, isPlainAllowed: isPlainAllowed) }
        let headers = section.take("headers").map { node in
            readSecretHeaders(
                node,
                reserved: Self.exporterHeaders,
                reservedMessage: "is filled in by the exporter; use another header",
                seenMessage: "stands there twice; names compare without regard to case"
            )
        }
        let sample = section.take("sample").flatMap { $0.share() }
        let nameNode = section.take("service_name")
        let name = nameNode.flatMap { $0.text("a name") }
        if let nameNode, let name, name.utf8.count > Self.longestName {
            nameNode.report("is longer than \(Self.longestName) bytes; give a shorter name")
        }
        section.finish()
        guard let endpoint else { return nil }
        var traces = TracesConfiguration(endpoint: endpoint, isPlainAllowed: isPlainAllowed)
        traces.headers = Dictionary(headers ?? []) { $1 }
        traces.sample = sample ?? traces.sample
        traces.serviceName = name ?? traces.serviceName
        return traces
    }

    private func readCollector(_ node: ConfigurationNode, isPlainAllowed: Bool) -> String? {
        guard let text = node.text("a URL") else { return nil }
        guard let url = WebhookURL(text), !text.contains("?") else {
            let advice = "give https://host/path, with port where needed, without user, query and fragment"
            node.report("is no such URL; \(advice)")
            return nil
        }
        guard url.isSecure || url.isLoopback || isPlainAllowed else {
            node.report("would tell of calls to whoever listens on the way; give https, or add `plain: true`")
            return nil
        }
        return text
    }
}
