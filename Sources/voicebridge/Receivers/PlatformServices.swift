// SPDX-License-Identifier: Apache-2.0
import CallModel
import Logging
import OutboundHTTP
import PlatformAPIs

/// What receivers and call controls of one server share.
struct PlatformServices: Sendable {
    /// Where Exotel's calls go next, until its flow asks.
    let exotelTransfers = TransferStore()
    /// Where Plivo's calls go next, until the platform asks.
    let plivoTransfers = TransferStore()
    /// Messages that were sent through Digo, until their delivery is told.
    let digoMessages = DigoSentMessages()
    /// Carries requests to platforms.
    let client: any HTTPClient
    /// Where they tell what they do.
    let logger: Logger

    /// Services of one server.
    init(client: any HTTPClient = URLSessionClient(), logger: Logger) {
        self.client = client
        self.logger = logger
    }
}
