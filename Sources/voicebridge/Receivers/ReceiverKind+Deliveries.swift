// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import Logging
import PlatformAPIs

extension ReceiverKind {
    /// `digo-delivery-reports`.
    static let digoDeliveryReports = ReceiverKind(
        schema: PartSchema(
            name: "digo-delivery-reports",
            summary: "Takes what Digo Engage tells about messages: deliveries, failures and visits of their URLs.",
            options: []
        )
    ) { _, services in
        let logger = services.logger
        return DigoDeliveryReports(sent: services.digoMessages) { report, message in
            // Neither number nor text: whom a flow writes to is the caller's own.
            logger.info(
                "platform tells of a message",
                metadata: [
                    "transaction": "\(report.transaction)", "state": "\(report.state)",
                    "status": "\(report.status ?? "")", "known": "\(message != nil)",
                ]
            )
        }
    }
}
