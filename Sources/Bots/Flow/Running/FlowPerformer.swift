// SPDX-License-Identifier: Apache-2.0

/// Does what a flow says: with the audio of a call, or for a platform that takes one command at a time.
package protocol FlowPerformer: Sendable {
    /// Does an action, and tells what became of it.
    ///
    /// - Parameter action: what to do; never ``FlowAction/fail(_:)``.
    /// - Returns: the action's answer; nil when the flow is over with it.
    /// - Throws: what ends the call, and the flow with it.
    func perform(_ action: FlowAction) async throws -> FlowEvent?
}
