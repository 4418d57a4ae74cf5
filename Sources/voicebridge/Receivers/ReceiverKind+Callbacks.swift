// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Logging
import PlatformAPIs

extension ReceiverKind {
    /// `ivr-solutions-callbacks`.
    static let ivrSolutionsCallbacks = ReceiverKind(
        schema: PartSchema(
            name: "ivr-solutions-callbacks",
            summary: "Takes what IVR Solutions tells about calls: rings, answers, hang-ups, keys and status.",
            options: [
                BotOption(
                    name: "secret_key",
                    kind: .secret,
                    summary: "What was registered with the webhook; bodies signed otherwise are refused with 401."
                )
            ]
        )
    ) { options, services in
        let logger = services.logger
        return IVRSolutionsCallbacks(key: options.secret("secret_key")) { event, isLate in
            logger.info(
                "platform tells of a call",
                metadata: ["call": "\(event.call)", "event": "\(event.name)", "late": "\(isLate)"]
            )
        }
    }
}
