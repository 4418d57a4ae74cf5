// SPDX-License-Identifier: Apache-2.0

/// Where in a playback a piece of its text begins.
public struct TextMark: Sendable, Hashable {
    /// From the beginning of the audio that it came with.
    public var time: Duration
    /// What is said from there to the next mark: a word, or as much as is known to begin there.
    public var text: String

    /// A mark.
    ///
    /// - Parameters:
    ///   - text: what is said from `time` to the next mark.
    ///   - time: from the beginning of the audio that it comes with.
    public init(_ text: String, at time: Duration) {
        self.text = text
        self.time = time
    }
}
