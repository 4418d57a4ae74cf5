// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// A message, variables filled in.
package struct FlowTextMessage: Sendable, Equatable {
    /// What is sent, and to whom.
    package var message: TextMessage
    /// How long the service may take to accept it.
    package var timeout: Duration
}

extension FlowInterpreter {
    /// A message with its variables filled in; nil when it goes to nobody or says nothing.
    func filled(_ message: FlowMessage) -> FlowTextMessage? {
        let (to, text) = (message.to.filled(variables), message.text.filled(variables))
        guard !to.isEmpty, !text.isEmpty else { return nil }
        let from = message.from?.filled(variables) ?? ""
        return FlowTextMessage(
            message: TextMessage(to: to, text: text, from: from.isEmpty ? nil : from),
            timeout: message.timeout
        )
    }

    /// Takes the id of a message that was accepted; nil when it was not.
    mutating func takeMessage(_ id: String?) -> FlowAction {
        guard case .sms(let message) = current else { return .hangUp }
        if let variable = message.variable { set(variable, to: id ?? "") }
        return follow(id == nil ? message.failed : .next)
    }
}
