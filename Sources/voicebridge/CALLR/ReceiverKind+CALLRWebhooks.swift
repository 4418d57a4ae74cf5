// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Logging
import PlatformAPIs

extension ReceiverKind {
    /// `callr-webhooks`.
    static let callrWebhooks = ReceiverKind(
        schema: PartSchema(
            name: "callr-webhooks",
            summary: "Takes what CALLR tells by webhooks: recordings, messages, credit.",
            options: [
                BotOption(
                    name: "secret",
                    kind: .secret,
                    summary: "The subscription's `hmac_secret`; bodies signed otherwise are refused with 401."
                ),
                BotOption(
                    name: "algorithm",
                    kind: .choice(CALLRSignatureAlgorithm.allCases.map(\.rawValue)),
                    default: .text(CALLRSignatureAlgorithm.sha256.rawValue),
                    summary: "The subscription's `hmac_algo`."
                ),
            ],
            problem: { options in
                guard let secret = options.secret("secret"), !CALLRSignatureAlgorithm.takes(secret) else { return nil }
                return "has a `secret` that CALLR does not take; give 8 to 1024 characters"
            }
        )
    ) { options, services in
        let logger = services.logger
        let algorithm = options.text("algorithm").flatMap(CALLRSignatureAlgorithm.init(rawValue:)) ?? .sha256
        return CALLRWebhooks(key: options.secret("secret"), algorithm: algorithm) { event in
            logger.info(
                "platform tells an event",
                metadata: ["event": "\(event.type)", "id": "\(event.id)", "try": "\(event.attempt)"]
            )
        }
    }
}
