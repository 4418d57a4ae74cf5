// SPDX-License-Identifier: Apache-2.0

/// A call that Digo places between an agent and somebody else: the fields of `POST /v1/click_to_call`.
package struct DigoClickToCall: Sendable, Equatable {
    /// `agent_number`: the agent's id, intercom, extension or number; rung first.
    package var agent: String
    /// `destination_number`: who is called then.
    package var destination: String
    /// `caller_id`: what the one called sees, digits alone; nil leaves it to the platform.
    package var callerID: String?
    /// `async`: whether the answer comes before the agent picks up; nil leaves it to the platform.
    package var isAsynchronous: Bool?
    /// `call_timeout`: seconds after which the call ends; nil for no limit.
    package var timeout: Int?
    /// `get_call_id`: whether the answer tells the call's id, which it does once the agent picked up.
    package var asksForCallID = false
    /// `custom_identifier`: comes back in callbacks.
    package var identifier: String?

    /// A call between an agent and somebody else.
    package init(agent: String, destination: String) {
        self.agent = agent
        self.destination = destination
    }
}
