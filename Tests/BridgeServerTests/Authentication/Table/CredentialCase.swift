// SPDX-License-Identifier: Apache-2.0
import Testing

/// One row of the table of authentication: what a request shows, and how it is answered.
///
/// Signatures and tokens are typed: from the platforms' documents, or made with Python's `hmac`.
struct CredentialCase: Sendable, CustomTestStringConvertible {
    /// What a route can demand.
    enum Kind: String, Sendable, CaseIterable {
        case bearer, header, queryToken, basic, twilio, plivo, genesys, pathToken, addresses, clientCertificate
        /// Bearer and a header field at once.
        case several
        /// Nothing at all.
        case none
    }

    /// What is the matter with a request.
    enum Matter: String, Sendable, CaseIterable {
        case right, wrong, late, replayed, unsigned, proxied
    }

    /// The certificate that a client shows.
    enum Shown: Sendable {
        /// None.
        case none
        /// One that the server's authorities vouch for.
        case vouched
        /// One that they do not.
        case foreign
    }

    var kind: Kind
    var matter: Matter
    var name: String
    var fields: [String]
    var target: String
    /// The route's `authentication`, where it is not the kind's usual one.
    var demands: String?
    /// `listen.public_url`, where it is not the kind's usual one.
    var publicURL: String?
    var now: Int
    var shown = Shown.none
    /// The answer's status to each time the request is sent; 0 where there is no answer, since TLS does not come about.
    var statuses: [Int]

    init(
        _ kind: Kind,
        _ matter: Matter,
        _ name: String,
        _ fields: [String] = [],
        target: String? = nil,
        demands: String? = nil,
        publicURL: String? = nil,
        now: Int? = nil,
        shown: Shown = .none,
        _ statuses: Int...
    ) {
        self.kind = kind
        self.matter = matter
        self.name = name
        self.fields = fields
        self.target = target ?? kind.path
        self.demands = demands
        self.publicURL = publicURL
        self.now = now ?? kind.now
        self.shown = shown
        self.statuses = statuses
    }

    var testDescription: String { "\(kind.rawValue), \(matter.rawValue): \(name)" }

    /// How the observer is told of a refusal with a status.
    func reason(_ status: Int) -> String {
        switch (status, matter) {
        case (0, _): "tls_failed"
        case (401, _): "unauthenticated"
        case (404, _): "unknown_path"
        case (_, .late): "late_credentials"
        case (_, .replayed): "used_credentials"
        default: "wrong_credentials"
        }
    }

    /// What no log line and no answer may have in it: secrets, and whatever was shown of them.
    var planted: [String] {
        let plain = ["x-forwarded-for", "host", "x-ssl-client-s-dn", "signature-input"]
        var values: [Substring] = []
        for field in fields {
            let parts = field.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !plain.contains(parts[0].lowercased()) else { continue }
            values += parts[1].split { $0 == " " || $0 == "," }
        }
        values += target.dropFirst(kind.path.count).split { "/?&=.".contains($0) }
        return kind.secrets + values.filter { $0.utf8.count >= 8 }.map(String.init)
    }
}

extension CredentialCase.Kind {
    /// The route's path.
    var path: String { self == .genesys ? "/api/v1/voicebiometrics/ws" : "/v1/bot" }

    /// Seconds since 1970: when Genesys' sample was signed, else 2023-11-14 22:13:20 UTC.
    var now: Int { self == .genesys ? 1_641_013_205 : 1_700_000_000 }

    var publicURL: String { self == .genesys ? "wss://audiohook.example.com" : "wss://bot.example.net" }

    /// The route's `authentication`.
    var demands: String {
        switch self {
        case .bearer: "bearer: s3cret-t0ken"
        case .header: "headers: {X-Key: k3y-k3y-k3y}"
        case .queryToken: "query_token: qu3ry-t0ken"
        case .basic: "basic: {user: Aladdin, password: open sesame}"
        case .twilio: "twilio_signature: tw1lio-s3cret"
        case .plivo: "plivo_signature: pl1vo-s3cret"
        case .genesys: "genesys_signature: {api_key: \(secrets[0]), client_secret: \(secrets[1])}"
        case .pathToken: "path_token: {secret: p4th-s3cret}"
        case .addresses: "addresses: [192.0.2.0/24, \"2001:db8::/32\"]"
        case .clientCertificate: "client_certificate: any"
        case .several: "bearer: s3cret-t0ken, headers: {X-Key: k3y-k3y-k3y}"
        case .none: "none: true"
        }
    }

    /// The secrets in it.
    var secrets: [String] {
        switch self {
        case .bearer: ["s3cret-t0ken"]
        case .header: ["k3y-k3y-k3y"]
        case .queryToken: ["qu3ry-t0ken"]
        case .basic: ["open sesame"]
        case .twilio: ["tw1lio-s3cret"]
        case .plivo: ["pl1vo-s3cret"]
        case .genesys:
            ["SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh", "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU="]
        case .pathToken: ["p4th-s3cret"]
        case .several: ["s3cret-t0ken", "k3y-k3y-k3y"]
        case .addresses, .clientCertificate, .none: []
        }
    }

    /// Matters that there are none of, and why.
    var without: [CredentialCase.Matter: String] {
        switch self {
        case .bearer, .header, .queryToken, .basic, .several: [.late: "what is told has no time"]
        case .twilio: [.late: "nothing with a time is signed"]
        case .plivo: [.late: "nothing with a time is signed; a nonce is remembered instead"]
        case .genesys, .pathToken: [:]
        case .clientCertificate: [.late: "TLS judges a certificate's time, before there is a request"]
        case .addresses: [.late: "an address has no time", .unsigned: "every connection has an address"]
        case .none:
            [
                .wrong: "nothing is asked for", .late: "nothing is asked for", .replayed: "nothing is asked for",
                .unsigned: "nothing is asked for", .proxied: "nothing is asked for",
            ]
        }
    }
}
