// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import Dialects
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
        let directory = services.directory
        return IVRSolutionsCallbacks(key: options.secret("secret_key")) { event, isLate in
            directory.tell(
                PlatformCallEvent(
                    call: event.call,
                    platform: DialectName.ivrSolutions.rawValue,
                    name: event.name,
                    isOutOfOrder: isLate,
                    details: event.members
                )
            )
        }
    }
}
