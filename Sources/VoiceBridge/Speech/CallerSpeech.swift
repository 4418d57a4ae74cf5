// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// The audio of one turn of a caller, as it comes; for one consumer.
///
/// It begins a little before the first sound and is bounded by the longest turn that the bot allows.
public struct CallerSpeech: AsyncSequence, Sendable {
    /// Audio in the recognizer's format.
    public typealias Element = AudioChunk
    /// Speech ends; it does not fail.
    public typealias Failure = Never

    private let chunks: AsyncStream<AudioChunk>

    package init(_ chunks: AsyncStream<AudioChunk>) { self.chunks = chunks }

    /// Speech that is there as a whole, to try a recognizer.
    public init(_ chunks: [AudioChunk]) {
        self.chunks = AsyncStream { continuation in
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish()
        }
    }

    /// Begins to listen.
    public func makeAsyncIterator() -> AsyncStream<AudioChunk>.Iterator { chunks.makeAsyncIterator() }

    /// Waits for the end of the turn and returns all of its samples, linear PCM.
    public func samples() async -> [Int16] {
        var samples: [Int16] = []
        for await chunk in self { samples += chunk.samples }
        return samples
    }
}
