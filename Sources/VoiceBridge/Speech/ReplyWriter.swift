// SPDX-License-Identifier: Apache-2.0

/// Takes a reply as it is made.
public struct ReplyWriter: Sendable {
    private let say: @Sendable (String, InterruptionPolicy) async throws -> Void
    private let act: @Sendable (ReplyAction) async throws -> Void

    /// A writer that hands everything to these closures, to try a generator.
    ///
    /// - Parameters:
    ///   - say: takes pieces of text.
    ///   - act: takes the action behind them.
    public init(
        say: @escaping @Sendable (String, InterruptionPolicy) async throws -> Void,
        act: @escaping @Sendable (ReplyAction) async throws -> Void = { _ in }
    ) {
        self.say = say
        self.act = act
    }

    /// Says more text, which may be a word, a part of one, or several sentences.
    ///
    /// - Parameters:
    ///   - text: the text; spaces between pieces are part of them.
    ///   - interruption: what of the caller's may stop the reply; the first piece decides.
    /// - Throws: `CancellationError` when the reply is not wanted any more.
    public func write(_ text: String, interruption: InterruptionPolicy = .allowed) async throws {
        try await say(text, interruption)
    }

    /// Does something once the caller has heard the whole reply; not when the reply is interrupted.
    ///
    /// - Throws: `CancellationError` when the reply is not wanted any more.
    public func then(_ action: ReplyAction) async throws {
        try await act(action)
    }
}
