// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects

/// What CALLR tells about a call in real time (`RT.Request`): how it stands, and what came of the last command.
package struct CALLRRequest: Sendable, Equatable {
    /// How a call stands.
    package enum Status: String, Sendable, CaseIterable {
        case incomingCall = "INCOMING_CALL"
        case up = "UP"
        case hangUp = "HANGUP"
        case busy = "BUSY"
        case noAnswer = "NOANSWER"
        case rejected = "REJECTED"
        case congestion = "CONGESTION"

        /// Whether the call is over, so that no command is of use.
        package var isOver: Bool { self != .incomingCall && self != .up }
    }

    /// `callid`, 64 bits without sign, as decimal digits.
    package let call: CallID
    /// `call_status`.
    package let status: Status
    /// `cli_number`: the caller.
    package let from: String?
    /// `number`: our number, or the one that was called for us.
    package let to: String?
    /// Inbound unless `request_hash` names a request of ours.
    package let direction: CallStart.Direction
    /// `command`: the last command's name.
    package let command: String?
    /// `command_id`: the id that was given with it, as it was.
    package let commandID: JSONValue?
    /// `command_result`, such as the digits that were read.
    package let result: String?
    /// `command_error`; nil when there was none.
    package let error: String?
    /// `variables`: what the last answer put there.
    package let variables: [String: JSONValue]

    /// Reads a request; nil when it names no call or no known status.
    package init?(_ json: JSONValue) {
        guard let call = json["callid"]?.text, !call.isEmpty,
            let status = json["call_status"]?.text.flatMap(Status.init)
        else { return nil }
        self.call = CallID(call)
        self.status = status
        from = json["cli_number"]?.text
        to = json["number"]?.text
        direction = json["request_hash"]?.text.map(\.isEmpty) == false ? .outbound : .inbound
        command = json["command"]?.text
        commandID = json["command_id"]
        result = json["command_result"]?.text
        let error = json["command_error"]?.text
        self.error = error?.isEmpty == true ? nil : error
        if case .object(let variables)? = json["variables"] { self.variables = variables } else { variables = [:] }
    }
}
