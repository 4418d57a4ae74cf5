// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading

extension SectionReader {
    /// `listen`.
    func readListen(_ section: MappingReader?) -> ListenConfiguration {
        var listen = ListenConfiguration()
        guard var section else { return listen }
        listen.host = section.host("host", default: listen.host)
        listen.port = section.integer("port", in: 0...65_535, default: listen.port)
        listen.security = readSecurity(&section, host: listen.host)
        if let node = section.take("public_url") {
            listen.publicURL = node.publicURL(isPlain: listen.security == .plain)
        }
        listen.trustedProxies = section.take("trusted_proxies").flatMap { $0.addressRanges(allowsEmpty: true) } ?? []
        section.finish()
        return listen
    }

    private func readSecurity(_ section: inout MappingReader, host: HostAddress) -> ListenSecurity {
        let tls = section.take("tls")
        let plain = section.take("plain")
        let isPlain = plain.flatMap { $0.flag() } ?? false
        if isPlain, let plain {
            if tls != nil {
                plain.report("cannot be true beside `tls`; \(advice("remove one of them", "give one of the two"))")
            }
            return .plain
        }
        if let tls, !tls.isNull, !tls.isWord("self-signed") { return readCertificate(tls) }
        if !host.isLoopback {
            let file = "give `certificate` and `key`, or `plain: true` behind a proxy that speaks TLS"
            let flags = "give --tls-certificate and --tls-key, or --plain behind a proxy that speaks TLS"
            let message = "would be a self-signed certificate, which is for loopback only"
            context.report(
                "\(message); \(advice(file, flags))",
                path: ConfigurationNode.join(section.node.path, "tls"),
                mark: tls?.mark ?? section.node.mark
            )
        }
        return .selfSigned
    }

    private func readCertificate(_ node: ConfigurationNode) -> ListenSecurity {
        guard var section = MappingReader(node) else { return .selfSigned }
        let certificate = section.take("certificate")
        let key = section.take("key")
        let authorities = section.take("client_ca")
        let clients = section.take("client_certificates")
        if certificate == nil {
            section.reportMissing("certificate", "give the PEM file of the certificate and its chain")
        }
        if key == nil { section.reportMissing("key", "give the PEM file of the certificate's private key") }
        var files = CertificateFiles(
            certificate: certificate.flatMap { $0.file("the certificate") } ?? "",
            key: key.flatMap { $0.file("the private key") } ?? "",
            clientAuthorities: authorities.flatMap { $0.file("the authorities of clients") },
            clientCertificates: authorities == nil ? .none : .required
        )
        if let word = clients.flatMap({ $0.word(among: CertificateFiles.ClientCertificates.allCases.map(\.rawValue)) })
        {
            files.clientCertificates = CertificateFiles.ClientCertificates(rawValue: word) ?? files.clientCertificates
        }
        if let clients, files.clientCertificates != .none, authorities == nil {
            clients.report("needs the authorities whose certificates are good; give `client_ca`")
        }
        section.finish()
        return .certificate(files)
    }

    /// Advice in the words of a file, or of flags where there is no file.
    func advice(_ file: String, _ flags: String) -> String { isFlagsOnly ? flags : file }
}

extension ConfigurationNode {
    /// The URL by which the world reaches the server, without a trailing slash.
    func publicURL(isPlain: Bool) -> String? {
        let wanted = "wss://host, with a port and a path where needed"
        guard let scalar = scalar(wanted) else { return nil }
        let shown = ShownText.quoted(scalar.source)
        guard let url = PublicURL(scalar.text) else {
            report("\(shown) is no such URL; give \(wanted), without user, query and fragment")
            return nil
        }
        guard url.isSecure || isPlain else {
            report("\(shown) is not encrypted, but `listen` is; give \(wanted)")
            return nil
        }
        return url.text
    }
}
