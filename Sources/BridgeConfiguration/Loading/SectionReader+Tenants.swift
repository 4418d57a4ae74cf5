// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading

extension SectionReader {
    /// Entries that `tenants` may have: each has threads of its own for its bots.
    private static let maximumTenants = 256

    /// `tenants`.
    func readTenants(_ top: inout MappingReader, limits: ServerLimits) -> [TenantConfiguration] {
        guard let entries = top.take("tenants").flatMap({ $0.elements(limit: Self.maximumTenants) }) else { return [] }
        var names: Set<String> = []
        return entries.compactMap { entry in
            guard var reader = MappingReader(entry) else { return nil }
            let name = readName(&reader, taken: &names)
            let limits = readTenantLimits(reader.section("limits"), server: limits)
            reader.finish()
            return name.map { TenantConfiguration(name: $0, limits: limits) }
        }
    }

    private func readName(_ reader: inout MappingReader, taken: inout Set<String>) -> String? {
        guard let node = reader.take("name") else {
            reader.reportMissing("name", "give the name by which routes, logs and records know the tenant")
            return nil
        }
        guard let name = node.text("the tenant's name") else { return nil }
        guard TenantConfiguration.isName(name) else {
            node.report("is no name of a tenant; use 1…64 letters, digits, `-`, `_` and `.`")
            return nil
        }
        guard taken.insert(name).inserted else {
            node.report("is the name of another tenant; give another")
            return nil
        }
        return name
    }

    private func readTenantLimits(_ section: MappingReader?, server: ServerLimits) -> TenantLimits {
        var limits = TenantLimits()
        guard var section else { return limits }
        limits.calls = readCalls(&section, upTo: server.calls)
        limits.quota = readQuota(&section)
        limits.cpuPercent = section.integer("cpu_percent", in: 1...100, default: limits.cpuPercent)
        section.finish()
        return limits
    }

    /// `limits.per_source`.
    func readSourceLimits(_ section: MappingReader?, server: ServerLimits) -> SourceLimits {
        var limits = SourceLimits()
        guard var section else { return limits }
        limits.calls = readCalls(&section, upTo: server.calls)
        limits.quota = readQuota(&section)
        section.finish()
        return limits
    }

    /// `calls` of a part of the server; nil for `off`.
    private func readCalls(_ section: inout MappingReader, upTo most: Int) -> Int? {
        guard let node = section.take("calls"), !node.isWord("off") else { return nil }
        guard let calls = node.integer(in: Self.count) else { return nil }
        reportExcess(calls, over: most, at: node)
        return calls
    }

    /// Reports calls that the server does not take.
    func reportExcess(_ calls: Int, over most: Int, at node: ConfigurationNode) {
        guard calls > most else { return }
        node.report("is more than the server takes; raise `limits.calls` or lower this")
    }

    /// The keys of a ``CallQuota``.
    func readQuota(_ section: inout MappingReader) -> CallQuota {
        var quota = CallQuota()
        quota.callsPerSecond = section.integerOrWord("off", "calls_per_second", in: 1...100_000)
        let burst = section.entries.first { $0.key == "burst" }
        quota.burst = section.integerOrWord("auto", "burst", in: Self.count)
        if let burst, quota.burst != nil, quota.callsPerSecond == nil {
            burst.value.report("has no meaning without `calls_per_second`; give that too, or remove this")
        }
        quota.minutesPerDay = section.integerOrWord("off", "minutes_per_day", in: 1...100_000_000)
        return quota
    }

    /// `tenants` of one route, in the order of their names.
    func readSharers(
        _ reader: inout MappingReader,
        tenants: [TenantConfiguration],
        listen: ListenConfiguration
    ) -> [RouteTenant] {
        guard let node = reader.take("tenants"), let section = MappingReader(node) else { return [] }
        if section.entries.isEmpty { node.report("names no tenant; give `NAME: {bearer: SECRET}` lines") }
        for key in ["authentication", "tenant"] {
            reader.take(key)?.report("cannot stand beside `tenants`, which has one for each; remove one of them")
        }
        var sharers: [RouteTenant] = []
        for entry in section.entries {
            guard tenants.contains(where: { $0.name == entry.key }) else {
                let advice = "give one of \(ShownText.choices(tenants.map(\.name)))"
                context.report("is no tenant of `tenants`; \(advice)", path: entry.value.path, mark: entry.keyMark)
                continue
            }
            let authentication = readAuthentication(entry.value, listen: listen)
            if authentication.isOpen {
                entry.value.report("would make everybody's calls this tenant's; give it a credential")
            } else if let twin = sharers.first(where: { $0.authentication.credentials == authentication.credentials }) {
                entry.value.report("asks for what \(twin.name) shows too, and nobody could tell them apart; change one")
            }
            sharers.append(RouteTenant(name: entry.key, authentication: authentication))
        }
        return sharers.sorted { $0.name < $1.name }
    }

    /// `tenant` of one route.
    func readTenant(_ reader: inout MappingReader, tenants: [TenantConfiguration]) -> String? {
        guard let node = reader.take("tenant") else { return nil }
        guard !tenants.isEmpty else {
            node.report("names a tenant, and there are no `tenants`; give them at the top of the file")
            return nil
        }
        return node.word(among: tenants.map(\.name))
    }
}

extension MappingReader {
    /// A whole number under a key; nil where it is not there, or is `word`.
    fileprivate mutating func integerOrWord(_ word: String, _ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = take(key), !node.isWord(word) else { return nil }
        return node.integer(in: range)
    }
}
