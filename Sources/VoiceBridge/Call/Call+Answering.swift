// SPDX-License-Identifier: Apache-2.0

extension Call {
    /// Listens for who answered: the verdicts come as ``Event/answering(_:)``.
    ///
    /// Nothing is done about them: the bot decides. Audio kept since the start of the call counts. A beep, and the
    /// network's tones before an announcement, are heard by every method, also behind a verdict; so a bot that leaves a
    /// message waits for the beep.
    ///
    /// ```swift
    /// call.detectAnswering()
    /// for await event in call.events {
    ///     guard case .answering(let verdict) = event else { continue }
    ///     if verdict.answerer == .human { try await call.play(greeting) }
    ///     if case .beep = verdict.evidence { try await call.play(message) }
    /// }
    /// ```
    ///
    /// - Parameter method: how to tell; nil stops listening.
    public func detectAnswering(_ method: AnsweringMethod? = .silence()) {
        port.submit(.detectAnswering(method))
    }
}
