// SPDX-License-Identifier: Apache-2.0

internal import Dialects
internal import OutboundHTTP

extension DigoRequests {
    /// Rings an agent, then somebody else, and connects them.
    ///
    /// - Throws: ``PlatformRequestError`` that names the field which the platform would refuse.
    package func place(_ call: DigoClickToCall) throws(PlatformRequestError) -> PlannedRequest {
        guard !call.agent.isEmpty else { throw PlatformRequestError("agent_number", "give the agent's id or number") }
        guard let destination = DialableNumber(call.destination)?.text,
            (10...15).contains(destination.utf8.count { $0 != UInt8(ascii: "+") })
        else { throw PlatformRequestError("destination_number", "give a number of 10 to 15 digits") }
        if numberForm == .international, numberForm.written(destination) == nil {
            throw PlatformRequestError("destination_number", numberForm.advice)
        }
        var body: [String: JSONValue] = [
            "agent_number": .string(call.agent), "destination_number": .string(destination),
        ]
        if let callerID = call.callerID {
            guard !callerID.isEmpty, callerID.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw PlatformRequestError("caller_id", "give digits alone")
            }
            // A number in JSON has no zero before it.
            body["caller_id"] = callerID.hasPrefix("0") ? .string(callerID) : .number(callerID)
        }
        if let isAsynchronous = call.isAsynchronous { body["async"] = .number(isAsynchronous ? 1 : 0) }
        if let timeout = call.timeout {
            guard timeout > 0 else { throw PlatformRequestError("call_timeout", "give seconds, at least 1") }
            body["call_timeout"] = .number(timeout)
        }
        if call.asksForCallID { body["get_call_id"] = .number(1) }
        if let identifier = call.identifier { body["custom_identifier"] = .string(identifier) }
        return post("/v1/click_to_call", body, isRepeatable: false)
    }
}
