// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// Something to play: audio that is there as a whole, with its text when that is known.
///
/// Make a prompt once and play it on any number of calls: they share its samples.
public struct Prompt: Sendable, Equatable {
    /// The audio.
    public let audio: AudioChunk
    /// What is said in it, if known.
    public let text: String?
    /// Where pieces of the text begin, in order of time; may be empty.
    public let marks: [TextMark]

    /// A prompt of this audio.
    ///
    /// - Parameters:
    ///   - audio: the audio, in any format a call can convert.
    ///   - text: what is said in it, if known.
    ///   - marks: where pieces of the text begin, if known; together they are the text.
    public init(_ audio: AudioChunk, text: String? = nil, marks: [TextMark] = []) {
        self.audio = audio
        self.text = text
        self.marks = marks.sorted { $0.time < $1.time }
    }

    /// How long the prompt plays.
    public var duration: Duration { audio.duration }
}
