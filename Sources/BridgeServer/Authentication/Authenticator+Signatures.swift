// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import WebSocketWire

// Credentials that are proved.
extension Authenticator {
    func judgeTwilio(_ request: PresentedRequest, _ authToken: String) -> Judgement {
        guard let signature = only(request.headers.values(TwilioSignature.field)) else {
            return .missing(TwilioSignature.field)
        }
        guard let urls = address?.urls(path: request.path, query: request.query) else { return .wrong }
        return TwilioSignature.isGood(signature, urls: urls, authToken: authToken) ? .granted : .wrong
    }

    func judgePlivo(_ request: PresentedRequest, _ authToken: String, _ now: Int) -> Judgement {
        let signatures = PlivoSignature.fields.flatMap { request.headers.elements($0) }
        guard !signatures.isEmpty else { return .missing(PlivoSignature.fields[0]) }
        guard let nonce = only(request.headers.values(PlivoSignature.nonceField)) else {
            return .missing(PlivoSignature.nonceField)
        }
        // Each is compared with each spelling of the URL: more than an account can have are not looked at.
        guard !nonce.isEmpty, nonce.utf8.count <= 256, signatures.count <= 8, let address else { return .wrong }
        let schemes = [address.scheme == "ws" ? "http" : "https"]
        let urls = address.urls(path: request.path, query: request.query, schemes: schemes)
        guard PlivoSignature.isGood(signatures, nonce: nonce, urls: urls, authToken: authToken) else { return .wrong }
        return .granted(once: OneTimeUse(name: "plivo \(nonce)", until: now + Self.plivoMemory))
    }

    func judgeGenesys(_ request: PresentedRequest, _ key: String, _ secret: String, _ now: Int) -> Judgement {
        guard let address else { return .wrong }
        return GenesysSignature.judge(request, apiKey: key, clientSecret: secret, address: address, now: now)
    }

    func judgePathToken(
        _ request: PresentedRequest,
        _ secret: String,
        _ lifetime: Duration,
        _ now: Int
    ) -> Judgement {
        let start = path == "/" ? path : path + "/"
        guard request.path.count > start.count, request.path.hasPrefix(start) else { return .missing(nil) }
        guard let token = PathToken(parsing: String(request.path.dropFirst(start.count))) else { return .wrong }
        return token.judge(path: path, secret: secret, lifetime: Int(lifetime.components.seconds), now: now)
    }
}
