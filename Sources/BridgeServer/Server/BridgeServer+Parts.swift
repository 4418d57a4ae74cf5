// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import Dialects
import Digests
import TransportSecurity

extension BridgeServer {
    /// The certificate of the public port; nil when it is plain.
    ///
    /// One that was made at start stays.
    static func makeTLS(
        _ listen: ListenConfiguration,
        before: ServedConfiguration?
    ) throws -> ReloadableTLSContext? {
        do {
            switch listen.security {
            case .plain: return nil
            case .selfSigned:
                if let before, before.parts.configuration.listen.security == .selfSigned { return before.tls }
                return try ReloadableTLSContext(SelfSignedCertificate.make().serverConfiguration)
            case .certificate(let files):
                return try ReloadableTLSContext(TLSServerConfiguration(files))
            }
        } catch {
            throw BridgeServerError("listen.tls: \(error)")
        }
    }

    /// What answers a route's CONFIG_API, where there is a URL to answer with.
    static func makeConfigAPI(
        _ route: RouteConfiguration,
        index: Int,
        _ listen: ListenConfiguration
    ) throws -> ServedReceiver? {
        guard let publicURL = listen.publicURL else { return nil }
        do {
            let endpoint = try IVRSolutionsConfigurationEndpoint(
                publicURL: publicURL + route.path,
                headers: route.authentication.headers
            )
            return ServedReceiver(authenticator: Authenticator(route, listen), receiver: endpoint)
        } catch {
            throw BridgeServerError("routes[\(index)].config_api: \(error)")
        }
    }

    /// What answers plain HTTP on a path of its own.
    static func makeReceiver(
        _ receiver: ReceiverConfiguration,
        index: Int,
        _ parts: ServerParts,
        keeping kept: (any HTTPReceiver)?
    ) throws -> ServedReceiver {
        do {
            let listen = parts.configuration.listen
            return try ServedReceiver(receiver, listen: listen, kinds: parts.receivers, keeping: kept)
        } catch {
            throw BridgeServerError("receivers[\(index)] (\(receiver.path)): \(error)")
        }
    }
}

extension RouteAuthentication {
    /// The header fields that satisfy the demands, for a platform that asks what to send.
    fileprivate var headers: [(name: String, value: Secret)] {
        credentials.compactMap { credential in
            switch credential {
            case .bearer(let token): ("Authorization", Secret("Bearer " + token.reveal()))
            case .header(let name, let value): (name, value)
            case .basic(let user, let password):
                ("Authorization", Secret("Basic " + Base64.encode(Array("\(user):\(password.reveal())".utf8))))
            case .queryToken, .twilioSignature, .plivoSignature, .genesysSignature, .pathToken, .addresses,
                .clientCertificate:
                nil
            }
        }
    }
}

extension TLSServerConfiguration {
    fileprivate init(_ files: CertificateFiles) {
        self.init(certificateChain: .file(files.certificate), privateKey: .file(files.key))
        guard let authorities = files.clientAuthorities else { return }
        switch files.clientCertificates {
        case .none: clientVerification = .none
        case .optional: clientVerification = .optional(authorities: .file(authorities))
        case .required: clientVerification = .required(authorities: .file(authorities))
        }
    }
}
