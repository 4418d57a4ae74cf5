// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
internal import VoiceBridge

extension FlowReader {
    static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    /// `request`.
    mutating func readRequest(_ node: ConfigurationNode) -> FlowStep? {
        guard var mapping = MappingReader(node) else { return nil }
        let url = mapping.take("url")
        let method = mapping.take("method")
        var headers = readHeaders(mapping.take("headers"))
        let bearer = mapping.take("bearer")
        let json = mapping.take("json")
        let form = mapping.take("form")
        let timeout = mapping.duration("timeout", in: Self.timeouts, default: .seconds(5))
        let fields = readFields(mapping.take("into"))
        let statuses = readStatuses(mapping.take("status"))
        let failed = mapping.take("failed")
        mapping.finish()
        if let secret = bearer.flatMap({ $0.secret(.token) }) {
            let value = FlowRequest.Header.Value.secret(Secret("Bearer \(secret.reveal())"))
            headers.append(FlowRequest.Header(name: "Authorization", value: value))
        }
        var body = FlowRequest.Body.none
        if let json {
            if form != nil { json.report("stands beside `form`; keep one of them") }
            var count = 0
            body = .json(readJSON(json, depth: 0, count: &count))
        } else if let form {
            body = .form(readForm(form) ?? [])
        }
        let word = method.flatMap { $0.word(among: Self.methods) }
        if body != .none, word == "GET" { method?.report("carries no body; use POST, or take the body out") }
        if url == nil { mapping.reportMissing("url", "give the URL to ask") }
        if failed == nil { mapping.reportMissing("failed", "name the section for when there is no good answer") }
        guard let url = url.flatMap({ readURL($0) }), let failed = failed.flatMap({ target($0) }) else { return nil }
        return .request(
            FlowRequest(
                method: word ?? (body == .none ? "GET" : "POST"),
                url: url,
                headers: headers,
                body: body,
                timeout: timeout,
                fields: fields,
                statuses: statuses,
                failed: failed
            )
        )
    }

    /// A URL whose scheme and host are constant, so that nothing a caller presses can send a request elsewhere.
    private mutating func readURL(_ node: ConfigurationNode) -> FlowText? {
        guard let url = template(node, "a URL, http:// or https://") else { return nil }
        let prefix = url.constantPrefix
        guard let scheme = ["https://", "http://"].first(where: { prefix.lowercased().hasPrefix($0) }) else {
            node.report("is no URL; begin with https:// or http://")
            return nil
        }
        let host = prefix.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        let isWhole = host.count < prefix.count - scheme.count || url.constant != nil
        guard !host.isEmpty, isWhole else {
            node.report("has a variable in its host; write the host out, with a `/` behind it")
            return nil
        }
        guard !host.contains("@"), url.outline.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
            node.report("has a user, a space or a control character in it; put secrets into `bearer` or `headers`")
            return nil
        }
        return url
    }

    private mutating func readHeaders(_ node: ConfigurationNode?) -> [FlowRequest.Header] {
        guard let node, let mapping = fields(node) else { return [] }
        return mapping.entries.compactMap { entry in
            guard !entry.key.isEmpty, entry.key.utf8.allSatisfy(Self.isTokenByte) else {
                context.report(
                    "is no name of a header field; use letters, digits and `-`",
                    path: entry.value.path,
                    mark: entry.keyMark
                )
                return nil
            }
            if case .some = entry.value.mapping {
                guard let secret = entry.value.secret(.headerValue) else { return nil }
                return FlowRequest.Header(name: entry.key, value: .secret(secret))
            }
            return template(entry.value).map { FlowRequest.Header(name: entry.key, value: .text($0)) }
        }
    }

    /// A mapping of fields, as many as a request may have.
    func fields(_ node: ConfigurationNode) -> MappingReader? {
        guard let mapping = MappingReader(node) else { return nil }
        guard mapping.entries.count <= 100 else {
            node.report("has \(mapping.entries.count) fields; at most 100 are allowed")
            return nil
        }
        return mapping
    }

    /// RFC 9110 §5.6.2, the letters, digits and marks that are in use.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
            || byte == 0x5F
    }

    private mutating func readFields(_ node: ConfigurationNode?) -> [FlowRequest.Field] {
        guard let node, let mapping = MappingReader(node) else { return [] }
        return mapping.entries.compactMap { entry in
            guard FlowVariables.isOwnName(entry.key) else {
                context.report(Self.badName, path: entry.value.path, mark: entry.keyMark)
                return nil
            }
            declare(entry.key, entry.value)
            guard let path = entry.value.text("the path of a field, such as `appointment.day`") else { return nil }
            let keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard keys.count <= 16, !keys.contains("") else {
                entry.value.report(
                    "\(ShownText.quoted(path)) is no path of a field; write up to 16 keys with dots between them"
                )
                return nil
            }
            return FlowRequest.Field(variable: entry.key, path: keys)
        }
    }

    private mutating func readStatuses(_ node: ConfigurationNode?) -> [FlowRequest.Way] {
        guard let node, let mapping = MappingReader(node) else { return [] }
        return mapping.entries.compactMap { entry in
            guard let pattern = FlowRequest.StatusPattern(entry.key) else {
                context.report(
                    "is no status; give one such as 404, or a class such as 4xx",
                    path: entry.value.path,
                    mark: entry.keyMark
                )
                return nil
            }
            return target(entry.value).map { FlowRequest.Way(pattern: pattern, target: $0) }
        }
    }
}
