// SPDX-License-Identifier: Apache-2.0
internal import CallModel
internal import ConfigurationReading

// Credentials that a request proves rather than tells: signatures, tokens, addresses and certificates.
extension SectionReader {
    private static let proofs = [
        "twilio_signature", "plivo_signature", "genesys_signature", "path_token", "addresses", "client_certificate",
    ]
    /// Range and default of `path_token.lifetime`.
    private static let tokenLifetime: ClosedRange<Duration> = .seconds(1) ... .seconds(3_600)
    private static let standardTokenLifetime = Duration.seconds(300)

    /// Takes what is written of these out of `authentication`.
    func takeProofs(_ section: inout MappingReader) -> [(key: String, node: ConfigurationNode)] {
        var found: [(key: String, node: ConfigurationNode)] = []
        for key in Self.proofs {
            if let node = section.take(key) { found.append((key, node)) }
        }
        return found
    }

    /// Reads them.
    func readProofs(
        _ proofs: [(key: String, node: ConfigurationNode)],
        listen: ListenConfiguration
    ) -> [RouteAuthentication.Credential] {
        proofs.compactMap { key, node -> RouteAuthentication.Credential? in
            if key.hasSuffix("_signature"), listen.publicURL == nil {
                node.report("is checked against the URL that the platform was given; give `listen.public_url`")
            }
            return switch key {
            case "twilio_signature": node.secret(.text).map(RouteAuthentication.Credential.twilioSignature)
            case "plivo_signature": node.secret(.text).map(RouteAuthentication.Credential.plivoSignature)
            case "genesys_signature": readGenesys(node)
            case "path_token": readPathToken(node)
            case "addresses": node.addressRanges(allowsEmpty: false).map(RouteAuthentication.Credential.addresses)
            default: readClientCertificate(node, listen.security)
            }
        }
    }

    /// `basic`.
    func readBasic(_ node: ConfigurationNode) -> [RouteAuthentication.Credential] {
        guard var section = MappingReader(node) else { return [] }
        let user = section.take("user")
        let password = section.take("password")
        section.finish()
        if user == nil { section.reportMissing("user", "give the name that the platform sends") }
        if password == nil { section.reportMissing("password", "give the secret that the platform sends") }
        guard let name = user.flatMap({ $0.text("the name that the platform sends") }) else { return [] }
        // RFC 7617 §2: a colon ends the user.
        guard !name.contains(":"), name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            user?.report("has a colon or a control character, which no user of Basic has; choose another")
            return []
        }
        guard let secret = password.flatMap({ $0.secret(.text) }) else { return [] }
        return [.basic(user: name, password: secret)]
    }

    private func readGenesys(_ node: ConfigurationNode) -> RouteAuthentication.Credential? {
        guard var section = MappingReader(node) else { return nil }
        let key = section.take("api_key")
        let secret = section.take("client_secret")
        section.finish()
        if key == nil { section.reportMissing("api_key", "give the key that X-API-KEY carries") }
        if secret == nil { section.reportMissing("client_secret", "give the integration's client secret, in base64") }
        guard let apiKey = key.flatMap({ $0.secret(.headerValue) }) else { return nil }
        guard let clientSecret = secret.flatMap({ $0.secret(.token) }) else { return nil }
        return .genesysSignature(apiKey: apiKey, clientSecret: clientSecret)
    }

    private func readPathToken(_ node: ConfigurationNode) -> RouteAuthentication.Credential? {
        guard var section = MappingReader(node) else { return nil }
        let secret = section.take("secret")
        let lifetime = section.duration("lifetime", in: Self.tokenLifetime, default: Self.standardTokenLifetime)
        section.finish()
        if secret == nil { section.reportMissing("secret", "give the key with which tokens are made") }
        return secret.flatMap { $0.secret(.text) }.map { .pathToken(secret: $0, lifetime: lifetime) }
    }

    private func readClientCertificate(
        _ node: ConfigurationNode,
        _ security: ListenSecurity
    ) -> RouteAuthentication.Credential? {
        var asks = false
        if case .certificate(let files) = security { asks = files.clientCertificates != .none }
        if !asks { node.report("needs clients to be asked for a certificate; give `listen.tls.client_ca`") }
        if node.isWord("any") { return .clientCertificate(subjects: []) }
        guard let subjects = node.texts() else { return nil }
        if subjects.isEmpty { node.report("names nobody; give subjects such as `CN=platform`, or `any`") }
        return .clientCertificate(subjects: subjects)
    }
}

extension ConfigurationNode {
    /// A list of ranges of addresses.
    func addressRanges(allowsEmpty: Bool) -> [AddressRange]? {
        guard let elements = elements() else { return nil }
        if elements.isEmpty, !allowsEmpty { report("names no address; give ranges such as 192.0.2.0/24") }
        return elements.compactMap { element in
            guard let scalar = element.scalar("an address or a range such as 192.0.2.0/24") else { return nil }
            guard let range = AddressRange(scalar.text) else {
                let advice = "give an address or a range such as 192.0.2.0/24, without bits behind the prefix"
                element.report("\(ShownText.quoted(scalar.source)) is no range of addresses; \(advice)")
                return nil
            }
            return range
        }
    }
}
