// SPDX-License-Identifier: Apache-2.0
internal import CallModel
internal import ConfigurationReading

extension SectionReader {
    /// Headers that the handshake itself needs, in lower case.
    private static let reservedHeaders: Set<String> = [
        "host", "connection", "upgrade", "content-length", "transfer-encoding", "sec-websocket-key",
        "sec-websocket-version", "sec-websocket-protocol", "sec-websocket-extensions", "sec-websocket-accept",
    ]

    /// `authentication` of one route.
    func readAuthentication(_ reader: inout MappingReader, listen: ListenConfiguration) -> RouteAuthentication {
        let unusable = RouteAuthentication.open
        guard let node = reader.take("authentication"), !node.isNull else {
            let advice = advice(
                "give `bearer`, `headers` or `query_token`, or `none: true` on loopback",
                "give --token, or --no-auth on loopback"
            )
            reader.reportMissing("authentication", advice)
            return unusable
        }
        return readAuthentication(node, listen: listen)
    }

    /// What one `authentication`, or one tenant of a route, demands.
    func readAuthentication(_ node: ConfigurationNode, listen: ListenConfiguration) -> RouteAuthentication {
        guard var section = MappingReader(node) else { return .open }
        var credentials: [RouteAuthentication.Credential] = []
        let bearer = section.take("bearer")
        if let secret = bearer.flatMap({ $0.secret(.token) }) { credentials.append(.bearer(secret)) }
        let headers = section.take("headers")
        let basic = section.take("basic")
        if let headers { credentials += readHeaders(headers, hasAuthorization: bearer != nil || basic != nil) }
        let query = section.take("query_token")
        if let secret = query.flatMap({ $0.secret(.token) }) { credentials.append(.queryToken(secret)) }
        if let basic {
            if bearer != nil { basic.report("is Authorization, as `bearer` is; remove one of them") }
            credentials += readBasic(basic)
        }
        let proofs = takeProofs(&section)
        credentials += readProofs(proofs, listen: listen)
        let none = section.take("none")
        let isOpen = none.flatMap { $0.flag() } ?? false
        let allowsOpenRemote = section.flag("i_know", default: false)
        section.finish()
        let asksSomething = bearer != nil || headers != nil || query != nil || basic != nil || !proofs.isEmpty
        if isOpen, let none {
            if asksSomething {
                none.report(
                    "cannot be true beside a credential; \(advice("remove one of them", "give --token or --no-auth"))"
                )
            } else if !listen.host.isLoopback && !allowsOpenRemote {
                let advice = advice("give a credential or add `i_know: true`", "give --token or add --i-know")
                none.report("would let anybody reach the bot on this address; \(advice)")
            }
        } else if !asksSomething {
            node.report("asks for nothing; give `bearer`, `headers` or `query_token`, or `none: true` on loopback")
        }
        return RouteAuthentication(credentials: credentials, allowsOpenRemote: allowsOpenRemote)
    }

    private func readHeaders(_ node: ConfigurationNode, hasAuthorization: Bool) -> [RouteAuthentication.Credential] {
        readSecretHeaders(
            node,
            reserved: Self.reservedHeaders,
            reservedMessage: "belongs to the handshake and cannot carry a secret; use another header",
            seen: hasAuthorization ? ["authorization"] : [],
            seenMessage: "is demanded twice; names compare without regard to case, and `bearer` is Authorization"
        )
        .map { .header(name: $0.name, value: $0.value) }
    }

    /// Header fields with secrets in them, in the order of their names.
    ///
    /// - Parameters:
    ///   - node: `Name: secret` lines.
    ///   - reserved: names that may not be used, in small letters.
    ///   - reservedMessage: what is said of one that is.
    ///   - seen: names that are used elsewhere, in small letters.
    ///   - seenMessage: what is said of a name that is used twice.
    /// - Returns: those without a fault.
    func readSecretHeaders(
        _ node: ConfigurationNode,
        reserved: Set<String>,
        reservedMessage: String,
        seen: Set<String> = [],
        seenMessage: String
    ) -> [(name: String, value: Secret)] {
        guard let section = MappingReader(node) else { return [] }
        if section.entries.isEmpty { node.report("has no header; give `Name: secret` lines") }
        var seen = seen
        var headers: [(folded: String, header: (name: String, value: Secret))] = []
        for entry in section.entries {
            let folded = entry.key.lowercased()
            if !HeaderName.isToken(entry.key) {
                report("is no name of a header; use letters, digits and `-`", entry)
            } else if reserved.contains(folded) {
                report(reservedMessage, entry)
            } else if !seen.insert(folded).inserted {
                report(seenMessage, entry)
            } else if let value = entry.value.secret(.headerValue) {
                headers.append((folded, (entry.key, value)))
            }
        }
        return headers.sorted { $0.folded < $1.folded }.map(\.header)
    }

    private func report(_ message: String, _ entry: MappingReader.Entry) {
        context.report(message, path: entry.value.path, mark: entry.keyMark)
    }
}

/// Names in HTTP.
enum HeaderName {
    /// Whether `text` is a token (RFC 9110 §5.6.2) of at most 64 bytes.
    static func isToken(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
