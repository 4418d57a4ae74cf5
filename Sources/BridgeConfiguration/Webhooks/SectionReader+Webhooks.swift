// SPDX-License-Identifier: Apache-2.0
internal import CallModel
internal import ConfigurationReading

extension SectionReader {
    /// Endpoints that `webhooks` may have.
    private static let maximumEndpoints = 100
    /// Ranges that the documentation of ``WebhooksConfiguration`` and ``WebhookEndpoint`` states.
    private static let backlog = 100...10_000_000
    private static let deadLetters = 0...10_000_000
    private static let timeout: ClosedRange<Duration> = .milliseconds(100) ... .seconds(60)
    private static let maximumAge: ClosedRange<Duration> = .seconds(60) ... .seconds(7 * 86_400)
    /// Bytes that a key of signatures has at least.
    private static let leastKey = 16

    /// `webhooks`.
    func readWebhooks(_ section: MappingReader?) -> WebhooksConfiguration {
        var webhooks = WebhooksConfiguration()
        guard var section else { return webhooks }
        if let node = section.take("spool"), !node.isWord("off") {
            webhooks.spool = node.text("the path of a file, or off")
        }
        webhooks.digits = section.word("digits", default: webhooks.digits)
        webhooks.backlog = section.integer("backlog", in: Self.backlog, default: webhooks.backlog)
        webhooks.deadLetters = section.integer("dead_letters", in: Self.deadLetters, default: webhooks.deadLetters)
        let endpoints = section.take("endpoints")
        var names: Set<String> = []
        webhooks.endpoints =
            endpoints.flatMap { $0.elements(limit: Self.maximumEndpoints) }?
            .compactMap { MappingReader($0).flatMap { readEndpoint($0, names: &names) } } ?? []
        section.finish()
        if let endpoints, !webhooks.endpoints.isEmpty, webhooks.spool == nil {
            endpoints.report("need a file in which events wait for them; give `webhooks.spool`")
        }
        return webhooks
    }

    private func readEndpoint(_ reader: MappingReader, names: inout Set<String>) -> WebhookEndpoint? {
        var reader = reader
        let nameNode = reader.take("name")
        if nameNode == nil { reader.reportMissing("name", "give a word under which its events wait, such as crm") }
        let name = nameNode.flatMap { $0.text("a word") }
        if let nameNode, let name {
            if !Self.isWord(name) {
                let advice = "use letters, digits, `-`, `_` and `.`, up to 64"
                nameNode.report("\(ShownText.quoted(name)) is no such word; \(advice)")
            } else if !names.insert(name).inserted {
                nameNode.report("\(ShownText.quoted(name)) is the name of another endpoint too; give each its own")
            }
        }
        let urlNode = reader.take("url")
        let isPlainAllowed = reader.flag("plain", default: false)
        if urlNode == nil { reader.reportMissing("url", "give the https URL to which events are posted") }
        let url = urlNode.flatMap { readURL($0, isPlainAllowed: isPlainAllowed) }
        let secretNode = reader.take("secret")
        if secretNode == nil { reader.reportMissing("secret", "give the key with which events are signed") }
        let secret = secretNode.flatMap { $0.secret(.text) }
        if let secret, secret.reveal().utf8.count < Self.leastKey {
            secretNode?.report("is a secret that can be guessed; give at least \(Self.leastKey) characters")
        }
        let events = reader.take("events").map(readEvents) ?? Set(WebhookEventType.allCases)
        let algorithm = reader.word("algorithm", default: WebhookEndpoint.Algorithm.sha256)
        let timeout = reader.duration("timeout", in: Self.timeout, default: .seconds(10))
        let maximumAge = reader.duration("maximum_age", in: Self.maximumAge, default: .seconds(86_400))
        reader.finish()
        guard let name, let url, let secret else { return nil }
        return WebhookEndpoint(
            name: name,
            url: url,
            events: events,
            secret: secret,
            algorithm: algorithm,
            timeout: timeout,
            maximumAge: maximumAge,
            isPlainAllowed: isPlainAllowed
        )
    }

    private func readURL(_ node: ConfigurationNode, isPlainAllowed: Bool) -> String? {
        guard let text = node.text("an https URL") else { return nil }
        guard let url = WebhookURL(text) else {
            let advice = "give https://host/path, with port and query where needed, without user and fragment"
            node.report("is no such URL; \(advice)")
            return nil
        }
        guard url.isSecure || url.isLoopback || isPlainAllowed else {
            node.report("would tell telephone numbers to whoever listens on the way; give https, or add `plain: true`")
            return nil
        }
        return text
    }

    private func readEvents(_ node: ConfigurationNode) -> Set<WebhookEventType> {
        let words = WebhookEventType.allCases.map(\.rawValue)
        let elements = node.elements() ?? []
        if elements.isEmpty {
            node.report("names no event; give some of \(ShownText.choices(words)), or remove the key")
        }
        return Set(elements.compactMap { $0.word(among: words).flatMap(WebhookEventType.init) })
    }

    private static func isWord(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "-_.".utf8.contains(byte)
            }
    }
}
