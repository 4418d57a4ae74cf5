// SPDX-License-Identifier: Apache-2.0
internal import CallModel

extension BridgeConfiguration {
    /// Writes `authentication`.
    func write(_ authentication: RouteAuthentication) -> (inout YAMLWriter) -> Void {
        { writer in
            var headers: [String] = []
            for credential in authentication.credentials {
                if case .header(let name, _) = credential { headers.append(name) }
            }
            for credential in authentication.credentials {
                switch credential {
                case .bearer: writer.secret("bearer")
                case .header(let name, _):
                    guard name == headers.first else { continue }
                    writer.mapping("headers") { writer in
                        for name in headers { writer.secret(name) }
                    }
                case .queryToken: writer.secret("query_token")
                default: write(credential, to: &writer)
                }
            }
            if authentication.isOpen { writer.plain("none", true) }
            if authentication.allowsOpenRemote { writer.plain("i_know", true) }
        }
    }

    private func write(_ credential: RouteAuthentication.Credential, to writer: inout YAMLWriter) {
        switch credential {
        case .bearer, .header, .queryToken: break
        case .basic(let user, _):
            writer.mapping("basic") { writer in
                writer.string("user", user)
                writer.secret("password")
            }
        case .twilioSignature: writer.secret("twilio_signature")
        case .plivoSignature: writer.secret("plivo_signature")
        case .genesysSignature:
            writer.mapping("genesys_signature") { writer in
                writer.secret("api_key")
                writer.secret("client_secret")
            }
        case .pathToken(_, let lifetime):
            writer.mapping("path_token") { writer in
                writer.secret("secret")
                writer.duration("lifetime", lifetime)
            }
        case .addresses(let ranges): writer.strings("addresses", ranges.map(\.description))
        case .clientCertificate(let subjects):
            if subjects.isEmpty {
                writer.string("client_certificate", "any")
            } else {
                writer.strings("client_certificate", subjects)
            }
        }
    }
}
