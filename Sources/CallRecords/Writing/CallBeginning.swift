// SPDX-License-Identifier: Apache-2.0

import CallModel

/// What is known of a call when it begins; bounded, whatever the platform sent.
struct CallBeginning: Sendable {
    /// The call's number within the run.
    let number: Int64
    let callID: CallID
    let streamID: String
    let hasMadeUpID: Bool
    let platform: String
    let route: String
    let tenant: String?
    let bot: String
    let direction: CallStart.Direction?
    let from: String?
    let to: String?
    let format: AudioFormat
    let outboundFormat: AudioFormat
    /// Milliseconds since 1970.
    let startedAt: Int64

    init(_ start: CallStart, number: Int64, route: String, tenant: String? = nil, bot: String, at time: Int64) {
        self.number = number
        callID = start.callID
        streamID = start.streamID.prefixed(toBytes: 128)
        hasMadeUpID = start.hasMadeUpID
        platform = start.platform
        self.route = route
        self.tenant = tenant
        self.bot = bot
        direction = start.direction
        from = start.from?.prefixed(toBytes: 128)
        to = start.to?.prefixed(toBytes: 128)
        format = start.format
        outboundFormat = start.outboundFormat
        startedAt = time
    }
}
