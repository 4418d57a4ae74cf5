// SPDX-License-Identifier: Apache-2.0

/// What a platform tells us, in our own words; a dialect makes it from the platform's.
///
/// Caller audio does not travel in it: a dialect leaves the bytes of a ``media(_:)`` event in a buffer of its own.
public enum CallEvent: Sendable, Equatable {
    /// The platform greeted us before the call's data.
    case connected
    /// The call begins.
    case start(CallStart)
    /// Caller audio, in the format of ``CallStart/format``; the bytes lie in the dialect's buffer.
    case media(MediaHeader)
    /// The caller pressed a key.
    case digit(DTMFDigit, duration: Duration?)
    /// The platform says that playback reached the mark of this name (or that the mark was flushed).
    case mark(String)
    /// The platform flushed the audio it had queued, of its own accord.
    case cleared
    /// The platform takes no more audio for now (`true`), or takes it again.
    case held(Bool)
    /// The call is over for the platform.
    case stop(reason: String?)
    /// Well formed, and of no consequence for the call.
    case ignored(IgnoredMessage)
}

/// What came beside the bytes of one piece of caller audio.
public struct MediaHeader: Sendable, Equatable {
    /// The platform's number of the message, if it sends one.
    public var sequenceNumber: Int?
    /// The platform's clock at the first sample, in milliseconds since the start of the stream, if it sends one.
    public var timestamp: Int64?

    /// A header.
    public init(sequenceNumber: Int? = nil, timestamp: Int64? = nil) {
        self.sequenceNumber = sequenceNumber
        self.timestamp = timestamp
    }
}

/// Why a well-formed message has no effect.
public enum IgnoredMessage: Sendable, Equatable {
    /// Our dialect does not know the name; at most 64 bytes of it.
    case unknownName(String)
    /// Our own audio, sent back.
    case outboundTrack
    /// Known, and without a meaning for the call: an answer to a command of ours, a sign of life, a test.
    case acknowledgement
    /// The platform complains of something, in its own words: at most 256 bytes of them.
    case complaint(String)
    /// A message of a known kind that carries nothing, such as a `dtmf` with no key; the kind's name.
    case incomplete(String)
}
