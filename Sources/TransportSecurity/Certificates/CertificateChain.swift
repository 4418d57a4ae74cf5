// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// The certificates of one PEM text, in its order: the owner's first, or a list of authorities.
struct CertificateChain {
    /// At least one certificate.
    let certificates: [Certificate]

    /// How a message names the source.
    let name: String

    /// Reads and parses all certificates.
    /// - Parameters:
    ///   - source: Where the text is.
    ///   - what: What it is, for messages.
    /// - Throws: ``TLSError`` with `fileUnreadable` or `badCertificate`.
    init(_ source: PEMSource, as what: String = "certificate") throws(TLSError) {
        let text = try source.read(what)
        name = source.name
        OpenSSLFailure.clear()
        let found: [Certificate] =
            unsafe MemoryBIO.reading(text) { bio in
                var list: [Certificate] = []
                while let next = unsafe voicebridge_read_certificate(bio) {
                    list.append(unsafe Certificate(owning: next))
                }
                return list
            } ?? []
        let failure = OpenSSLFailure.take()
        let reachedEnd = failure.library == Int32(ERR_LIB_PEM) && failure.reason == PEM_R_NO_START_LINE
        guard reachedEnd else {
            let position = found.count + 1
            throw TLSError(.badCertificate, "\(what) \(name): certificate \(position) is damaged: \(failure.text)")
        }
        guard !found.isEmpty else {
            let words = String(decoding: text.prefix(4_096), as: UTF8.self)
            let remedy =
                words.contains("PRIVATE KEY-----")
                ? "it holds a private key: were the two files swapped?" : "PEM text is needed (BEGIN CERTIFICATE)"
            throw TLSError(.badCertificate, "\(what) \(name) holds no certificate; \(remedy)")
        }
        certificates = found
    }

    /// The owner's certificate.
    var leaf: Certificate { certificates[0] }

    /// Checks that the leaf is valid now.
    /// - Throws: ``TLSError`` with `certificateExpired`.
    func checkValidity() throws(TLSError) {
        if leaf.hasExpired {
            throw TLSError(.certificateExpired, "certificate \(name) expired on \(leaf.notAfter): renew it")
        }
        if leaf.isNotYetValid {
            throw TLSError(
                .certificateExpired,
                "certificate \(name) is valid from \(leaf.notBefore) on only: check it and the machine's clock"
            )
        }
    }

    /// Checks that the key belongs to the leaf.
    /// - Throws: ``TLSError`` with `keyMismatch`.
    func check(_ key: PrivateKey) throws(TLSError) {
        if leaf.matches(key) { return }
        if let index = certificates.firstIndex(where: { $0.matches(key) }) {
            throw TLSError(
                .keyMismatch,
                "private key \(key.name) belongs to certificate \(index + 1) of \(name): put that one first"
            )
        }
        throw TLSError(
            .keyMismatch,
            "private key \(key.name) does not belong to certificate \(name) (\(leaf.subject)): give the matching pair"
        )
    }
}
