// SPDX-License-Identifier: Apache-2.0

/// What became of the audio that the platform received, in samples at the call's rate.
///
/// `received == heard + cleared + cut` once the call is over.
public struct PlaybackCount: Sendable, Equatable {
    /// Samples received.
    public internal(set) var received = 0
    /// Samples played to the caller.
    public internal(set) var heard = 0
    /// Samples that a clear took back.
    public internal(set) var cleared = 0
    /// Samples that the end of the call cut off.
    public internal(set) var cut = 0
    /// Playbacks begun: stretches of audio with a pause, a clear or an end between them.
    public internal(set) var playbacks = 0
    /// Times the buffer ran empty inside a playback.
    public internal(set) var underruns = 0
    /// Samples of silence that the underruns let the caller hear.
    public internal(set) var underrunSamples = 0
    /// Clears that took audio back.
    public internal(set) var interruptions = 0
    /// The most audio that waited at one time, the held-back start of a playback included.
    public internal(set) var maximumDepth = 0
}
