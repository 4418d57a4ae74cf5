// SPDX-License-Identifier: Apache-2.0

/// A recording that is complete.
public struct FinishedRecording: Sendable, Equatable {
    /// What it is called: its path within the folder of recordings.
    public var name: String
    /// The file.
    public var path: String
    /// How long it is.
    public var duration: Duration
    /// Bytes of the file.
    public var bytes: Int
    /// Bytes of audio that were lost because the disk was too slow or full; silence is in their place.
    public var lostBytes: Int
    /// Whether it could be written to its end.
    public var isComplete: Bool

    package init(name: String, path: String, duration: Duration, bytes: Int, lostBytes: Int, isComplete: Bool) {
        self.name = name
        self.path = path
        self.duration = duration
        self.bytes = bytes
        self.lostBytes = lostBytes
        self.isComplete = isComplete
    }
}
