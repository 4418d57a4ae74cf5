// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

extension FlowRun {
    /// Sends a message, and waits until the service has accepted it, or its time is over.
    func send(_ message: FlowTextMessage) async throws -> FlowEvent {
        guard let sender = bot.resources.messages else { return .failed("there is no account for messages") }
        do {
            return .sent(id: try await call.working { try await message.sent(by: sender).id })
        } catch {
            try Task.checkCancellation()
            // Neither number nor text: both may be the caller's own.
            reportFailure("a message was not sent: \(error)")
            return .failed("\(error)")
        }
    }
}

extension FlowTextMessage {
    /// Has a message sent within its time.
    ///
    /// - Parameter sender: sends it.
    /// - Returns: what names it.
    /// - Throws: what the sender throws; ``FlowError`` when the time is over, after which it may have been sent or not.
    package func sent(by sender: any MessageSending) async throws -> SentMessage {
        try await withThrowingTaskGroup(of: SentMessage?.self) { group in
            group.addTask { try await sender.send(message) }
            group.addTask {
                // The step's deadline, which ends with the group.
                try await Task.sleep(for: timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let sent = try await group.next() ?? nil else {
                throw FlowError(description: "the service did not accept it within \(timeout); it may be sent or not")
            }
            return sent
        }
    }
}
