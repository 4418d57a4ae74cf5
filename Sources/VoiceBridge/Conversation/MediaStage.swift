// SPDX-License-Identifier: Apache-2.0

/// Work on caller audio that must not wait: a relay, an echo, a meter, a recorder.
///
/// A stage runs on the call's event loop, synchronously, for every chunk the caller sends, beginning with the first of the
/// call (up to 2 s are kept until a stage is attached). It may neither block nor allocate: what takes longer than a few
/// microseconds belongs in a bot's task.
public protocol MediaStage: Sendable {
    /// Takes one chunk of caller audio and may answer with audio of its own.
    ///
    /// - Parameters:
    ///   - heard: linear samples at the bot's rate; valid during the call only.
    ///   - position: index of the first sample since the start of the call, at the bot's rate.
    ///   - playback: takes the stage's answer, which is played at once.
    mutating func process(_ heard: Span<Int16>, at position: Int64, into playback: inout PlaybackWriter)
}
