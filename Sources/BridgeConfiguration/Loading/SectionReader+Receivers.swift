// SPDX-License-Identifier: Apache-2.0
internal import CallModel
internal import ConfigurationReading

extension SectionReader {
    /// Range of `deadline` of a receiver.
    private static let answerTime: ClosedRange<Duration> = .milliseconds(100) ... .seconds(60)

    /// `receivers`.
    func readReceivers(
        _ top: inout MappingReader,
        listen: ListenConfiguration,
        taken: inout [String: String]
    ) -> [ReceiverConfiguration] {
        guard let entries = top.take("receivers").flatMap({ $0.elements(limit: Self.maximumRoutes) }) else { return [] }
        return entries.compactMap { entry in
            MappingReader(entry).flatMap { readReceiver($0, listen: listen, taken: &taken) }
        }
    }

    private func readReceiver(
        _ reader: MappingReader,
        listen: ListenConfiguration,
        taken: inout [String: String]
    ) -> ReceiverConfiguration? {
        var reader = reader
        let pathNode = reader.take("path")
        if pathNode == nil {
            reader.reportMissing("path", "give the path that the platform asks, such as /v1/callbacks")
        }
        let path = pathNode.flatMap { $0.routePath() }
        if let path { claim(path, of: reader.node, key: "path", node: pathNode, taken: &taken) }
        let kindNode = reader.take("kind")
        let choices = ShownText.choices(receivers.map(\.name))
        if kindNode == nil { reader.reportMissing("kind", "give one of \(choices)") }
        let kind = kindNode.flatMap { $0.word(among: receivers.map(\.name)) }
        let schema = receivers.first { $0.name == kind }
        let options = readPart(reader.section("options"), schema, owner: "the receiver")
        let asked = reader.entries.first { $0.key == "authentication" }?.value
        let authentication = readAuthentication(&reader, listen: listen)
        if let asked, authentication.isForUpgradesOnly {
            let others = "`bearer`, `headers`, `basic`, `query_token`, `addresses` or `client_certificate`"
            asked.report("has a credential that is made for upgrades; give \(others)")
        }
        let deadline = reader.duration("deadline", in: Self.answerTime, default: .seconds(5))
        reader.finish()
        guard let path, let kind else { return nil }
        return ReceiverConfiguration(
            path: path,
            kind: kind,
            options: options,
            authentication: authentication,
            deadline: deadline
        )
    }

    /// The options of a part, checked one by one and then together.
    func readPart(_ section: MappingReader?, _ schema: PartSchema?, owner: String) -> BotOptions {
        guard let section, let schema else { return BotOptions() }
        let count = context.faults.count
        let options = OptionReader(owner: "\(owner) \(schema.name)", options: schema.options).read(section)
        if context.faults.count == count, let problem = schema.problem(options) { section.node.report(problem) }
        return options
    }

    /// `call_control` of one route.
    func readCallControl(_ reader: inout MappingReader, dialect: String) -> CallControlConfiguration? {
        guard let node = reader.take("call_control"), var section = MappingReader(node) else { return nil }
        let names = callControls.map(\.name)
        let platformNode = section.take("platform")
        let platform = platformNode.map { $0.word(among: names) } ?? (names.contains(dialect) ? dialect : nil)
        guard let platform else {
            let advice = "the dialect \(dialect) has none of its own; give one of \(ShownText.choices(names))"
            if platformNode == nil { section.reportMissing("platform", advice) }
            return nil
        }
        let schema = callControls.first { $0.name == platform }
        return CallControlConfiguration(
            platform: platform,
            options: readPart(section, schema, owner: "the call control of")
        )
    }
}

extension RouteAuthentication {
    /// Whether it asks for what only the request for an upgrade carries.
    var isForUpgradesOnly: Bool {
        credentials.contains {
            switch $0 {
            case .twilioSignature, .plivoSignature, .genesysSignature, .pathToken: true
            case .bearer, .header, .queryToken, .basic, .addresses, .clientCertificate: false
            }
        }
    }
}
