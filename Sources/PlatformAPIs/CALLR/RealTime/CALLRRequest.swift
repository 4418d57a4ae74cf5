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
    /// `app`: the application at the platform.
    package let application: String?
    /// `call_status`.
    package let status: Status
    /// `cli_number`: the caller.
    package let from: String?
    /// `cli_name`: the caller's name.
    package let callerName: String?
    /// `number`: our number, or the one that was called for us.
    package let to: String?
    /// `cdr_field`: what was written into the platform's record when the call was placed.
    package let recordField: String?
    /// `date_started`: `YYYY-MM-DD HH:MM:SS` in UTC.
    package let started: String?
    /// Inbound unless `request_hash` names a request of ours.
    package let direction: CallStart.Direction
    /// `command`: the last command's name.
    package let command: String?
    /// `command_id`: the id that was given with it; nil before the first command.
    package let commandID: String?
    /// `command_result`, such as the digits that were read.
    package let result: String?
    /// `command_error`; nil when there was none.
    package let error: String?
    /// `variables`: what the last answer put there.
    package let variables: [String: JSONValue]

    /// Reads a request; nil when it names no call of 64 bits or no known status.
    ///
    /// Fields that are not known are left out.
    package init?(_ json: JSONValue) {
        guard let call = json["callid"]?.text.flatMap({ UInt64($0) }),
            let status = json["call_status"]?.text.flatMap(Status.init)
        else { return nil }
        self.call = CallID(String(call))
        self.status = status
        application = Self.text(json, "app")
        from = Self.text(json, "cli_number")
        callerName = Self.text(json, "cli_name")
        to = Self.text(json, "number")
        recordField = Self.text(json, "cdr_field")
        started = Self.text(json, "date_started")
        direction = Self.text(json, "request_hash") == nil ? .inbound : .outbound
        command = Self.text(json, "command")
        commandID = Self.text(json, "command_id")
        result = json["command_result"]?.text
        error = Self.text(json, "command_error")
        if case .object(let variables)? = json["variables"] { self.variables = variables } else { variables = [:] }
    }

    /// A field that holds something.
    private static func text(_ json: JSONValue, _ name: String) -> String? {
        guard let text = json[name]?.text, !text.isEmpty else { return nil }
        return text
    }
}
