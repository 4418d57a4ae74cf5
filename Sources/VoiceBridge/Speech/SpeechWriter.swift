// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// Takes speech as it is made.
public struct SpeechWriter: Sendable {
    private let take: @Sendable (AudioChunk) async throws -> Void

    /// A writer that hands everything to this closure, to try a synthesizer.
    public init(_ take: @escaping @Sendable (AudioChunk) async throws -> Void) { self.take = take }

    /// Plays more of the sentence.
    ///
    /// - Parameter chunk: audio in any format a call can convert; all of one sentence in the same.
    /// - Throws: `CancellationError` when the speech is not wanted any more.
    public func write(_ chunk: AudioChunk) async throws { try await take(chunk) }
}
