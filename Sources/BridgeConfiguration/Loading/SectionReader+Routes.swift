// SPDX-License-Identifier: Apache-2.0
internal import CallModel
internal import ConfigurationReading

extension SectionReader {
    /// `routes`.
    func readRoutes(
        _ top: inout MappingReader,
        listen: ListenConfiguration,
        limits: ServerLimits,
        tenants: [TenantConfiguration],
        recording: (server: RecordingConfiguration, route: RouteRecording),
        taken: inout [String: String]
    ) -> [RouteConfiguration] {
        guard let list = top.take("routes") else {
            top.reportMissing("routes", "give at least one entry with its `authentication`")
            return []
        }
        guard let entries = list.elements(limit: Self.maximumRoutes) else { return [] }
        if entries.isEmpty { list.report("has no entry; give at least one with its `authentication`") }
        return entries.compactMap { entry in
            guard let reader = MappingReader(entry) else { return nil }
            return readRoute(
                reader,
                listen: listen,
                limits: limits,
                tenants: tenants,
                recording: recording,
                taken: &taken
            )
        }
    }

    private func readRoute(
        _ reader: MappingReader,
        listen: ListenConfiguration,
        limits: ServerLimits,
        tenants: [TenantConfiguration],
        recording: (server: RecordingConfiguration, route: RouteRecording),
        taken: inout [String: String]
    ) -> RouteConfiguration {
        var reader = reader
        let (dialect, schema) = readDialect(&reader)
        let pathNode = reader.take("path")
        let path = pathNode.flatMap { $0.routePath() } ?? "/v1/\(dialect)"
        claim(path, of: reader.node, key: "path", node: pathNode, taken: &taken)
        let sharers = readSharers(&reader, tenants: tenants, listen: listen)
        let authentication = sharers.first?.authentication ?? readAuthentication(&reader, listen: listen)
        var route = RouteConfiguration(path: path, dialect: dialect, authentication: authentication, bot: "")
        route.tenants = sharers
        route.tenant = sharers.isEmpty ? readTenant(&reader, tenants: tenants) : nil
        route.dialectOptions = readDialectOptions(reader.section("dialect_options"), schema: schema)
        (route.bot, route.botOptions) = readBot(&reader)
        route.executor = reader.word("executor", default: route.executor)
        route.audio = readAudio(reader.section("audio"))
        route.webSocket = readWebSocket(reader.section("websocket"))
        route.limits = readRouteLimits(reader.section("limits"), server: limits)
        route.bargeIn = readBargeIn(reader.section("barge_in"))
        route.turn = readTurn(reader.section("turn"))
        route.drain = readRouteDrain(reader.section("drain"))
        route.recording = readRouteRecording(
            reader.section("recording"),
            over: recording.route,
            hasFolder: recording.server.folder != nil
        )
        route.apology = reader.take("apology").flatMap { $0.file("the WAV file of the apology") }
        if authentication.takesPathToken || !sharers.isEmpty {
            // A request for the URL has no call yet, and so neither a token of one nor one tenant's credentials.
            let node = reader.take("config_api")
            if let node, node.isPathLike || node.flag() == true {
                let other = sharers.isEmpty ? "path_token" : "tenants"
                node.report("cannot be asked for beside `\(other)`; remove one of them")
            }
        } else {
            route.configAPIPath = readConfigAPI(&reader, path: path, schema: schema, listen: listen, taken: &taken)
        }
        route.callControl = readCallControl(&reader, dialect: dialect)
        reader.finish()
        return route
    }

    private func readDialect(_ reader: inout MappingReader) -> (String, DialectSchema?) {
        let node = reader.take("dialect")
        let name = node.map { $0.word(among: dialects.map(\.name)) } ?? "ivr-solutions"
        guard let name else { return ("", nil) }
        let schema = dialects.first { $0.name == name }
        if schema == nil { reader.reportMissing("dialect", "give one of \(ShownText.choices(dialects.map(\.name)))") }
        return (name, schema)
    }

    private func readDialectOptions(_ section: MappingReader?, schema: DialectSchema?) -> BotOptions {
        let part = schema.map {
            PartSchema(name: $0.name, summary: $0.summary, options: $0.options, problem: $0.problem)
        }
        return readPart(section, part, owner: "the dialect")
    }

    private func readBot(_ reader: inout MappingReader) -> (String, BotOptions) {
        let node = reader.take("bot")
        let options = reader.section("bot_options")
        let name = node.map { $0.word(among: bots.map(\.name)) } ?? "receptionist"
        guard let name else { return ("", BotOptions()) }
        guard let description = bots.first(where: { $0.name == name }) else {
            reader.reportMissing("bot", "give one of \(ShownText.choices(bots.map(\.name)))")
            return (name, BotOptions())
        }
        guard let options else { return (name, BotOptions()) }
        return (name, OptionReader(owner: "the bot \(name)", options: description.options).read(options))
    }

    private func readConfigAPI(
        _ reader: inout MappingReader,
        path: String,
        schema: DialectSchema?,
        listen: ListenConfiguration,
        taken: inout [String: String]
    ) -> String? {
        let standard = path == "/" ? "/config" : "\(path)/config"
        let node = reader.take("config_api")
        guard let schema else { return nil }
        guard let node else {
            guard schema.hasConfigAPI, listen.publicURL != nil else { return nil }
            return claim(standard, of: reader.node, key: "config_api", node: nil, taken: &taken) ? standard : nil
        }
        let written = node.isPathLike ? node.routePath() : node.flag().flatMap { $0 ? standard : nil }
        guard let written else { return nil }
        guard schema.hasConfigAPI else {
            node.report("has no meaning for the dialect \(schema.name), which does not ask; remove the key")
            return nil
        }
        guard listen.publicURL != nil else {
            node.report("needs the URL to answer with; give `listen.public_url`")
            return nil
        }
        return claim(written, of: reader.node, key: "config_api", node: node, taken: &taken) ? written : nil
    }

    /// Notes a path as taken by a route; reports and gives false when it was.
    @discardableResult
    func claim(
        _ path: String,
        of route: ConfigurationNode,
        key: String,
        node: ConfigurationNode?,
        taken: inout [String: String]
    ) -> Bool {
        if let owner = taken[path] {
            let name = ConfigurationNode.join(route.path, key)
            context.report("is taken by \(owner); give another path", path: name, mark: node?.mark ?? route.mark)
            return false
        }
        taken[path] = route.path
        return true
    }
}

extension ConfigurationNode {
    /// A path of a route.
    func routePath() -> String? {
        guard let scalar = scalar("a path such as /v1/ivr-solutions") else { return nil }
        guard let problem = RoutePath.problem(of: scalar.text) else { return scalar.text }
        report("\(ShownText.quoted(scalar.source)) \(problem)")
        return nil
    }
}
