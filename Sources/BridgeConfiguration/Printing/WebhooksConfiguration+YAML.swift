// SPDX-License-Identifier: Apache-2.0

extension BridgeConfiguration {
    /// `webhooks`.
    func write(_ webhooks: WebhooksConfiguration) -> (inout YAMLWriter) -> Void {
        { writer in
            if let path = webhooks.spool { writer.string("spool", path) } else { writer.plain("spool", "off") }
            writer.plain("digits", webhooks.digits.rawValue)
            writer.plain("backlog", webhooks.backlog)
            writer.plain("dead_letters", webhooks.deadLetters)
            guard !webhooks.endpoints.isEmpty else { return }
            writer.mapping("endpoints") { writer in
                for endpoint in webhooks.endpoints { writer.entry(Self.write(endpoint)) }
            }
        }
    }

    private static func write(_ endpoint: WebhookEndpoint) -> (inout YAMLWriter) -> Void {
        { writer in
            writer.string("name", endpoint.name)
            writer.string("url", endpoint.url)
            writer.strings("events", WebhookEventType.allCases.filter(endpoint.events.contains).map(\.rawValue))
            writer.secret("secret")
            writer.plain("algorithm", endpoint.algorithm.rawValue)
            writer.duration("timeout", endpoint.timeout)
            writer.duration("maximum_age", endpoint.maximumAge)
            writer.plain("plain", endpoint.isPlainAllowed)
        }
    }
}
