// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import Dialects
import Digests
import TransportSecurity

extension BridgeServer {
    /// The certificate of the public port; nil when it is plain.
    static func makeTLS(_ listen: ListenConfiguration) throws -> ReloadableTLSContext? {
        do {
            switch listen.security {
            case .plain: return nil
            case .selfSigned:
                return try ReloadableTLSContext(SelfSignedCertificate.make().serverConfiguration)
            case .certificate(let files):
                return try ReloadableTLSContext(TLSServerConfiguration(files))
            }
        } catch {
            throw BridgeServerError("listen.tls: \(error)")
        }
    }

    /// What answers plain HTTP: each route's CONFIG_API, where it has one, and the configured receivers.
    static func makeReceivers(
        _ configuration: BridgeConfiguration,
        kinds: ReceiverCatalogue
    ) throws -> [String: ServedReceiver] {
        var receivers: [String: ServedReceiver] = [:]
        for (index, route) in configuration.routes.enumerated() {
            guard let path = route.configAPIPath, let publicURL = configuration.listen.publicURL else { continue }
            do {
                let endpoint = try IVRSolutionsConfigurationEndpoint(
                    publicURL: publicURL + route.path,
                    headers: route.authentication.headers
                )
                let authenticator = Authenticator(route, configuration.listen)
                receivers[path] = ServedReceiver(authenticator: authenticator, receiver: endpoint)
            } catch {
                throw BridgeServerError("routes[\(index)].config_api: \(error)")
            }
        }
        for (index, receiver) in configuration.receivers.enumerated() {
            do {
                receivers[receiver.path] = try ServedReceiver(receiver, listen: configuration.listen, kinds: kinds)
            } catch {
                throw BridgeServerError("receivers[\(index)] (\(receiver.path)): \(error)")
            }
        }
        return receivers
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
