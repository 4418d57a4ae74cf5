// SPDX-License-Identifier: Apache-2.0

/// A call to a masking number, of which the platform asks whom to connect.
package struct MaskedCall: Sendable, Equatable {
    /// The platform's id of the request, `uuid`.
    package let uuid: String?
    /// The id in the platform's call records, `call_id`.
    package let callID: String
    /// The number that was dialled.
    package let to: String
    /// The number of the caller.
    package let from: String
    /// When the call began, as sent: `YYYY-mm-dd HH:MM:SS`.
    package let started: String?

    /// A call as the platform told of it; see the properties.
    package init(uuid: String?, callID: String, to: String, from: String, started: String?) {
        self.uuid = uuid
        self.callID = callID
        self.to = to
        self.from = from
        self.started = started
    }
}

/// Decides whom a caller to a masking number is connected to.
package protocol NumberMasking: Sendable {
    /// The number to connect, in any form; nil for nobody.
    func destination(of call: MaskedCall) async -> String?
}
