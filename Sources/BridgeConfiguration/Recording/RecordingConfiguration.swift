// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// Where calls' audio is recorded, and for how long it stays there (`recording`).
///
/// Nothing is recorded unless a folder is given. Whether, and after what, is each route's to say; what stands here beside the
/// keys below, `when`, `consent`, `consent_prompt` and `pause_for_digits`, is what a route does that says nothing.
package struct RecordingConfiguration: Sendable, Equatable {
    /// `folder`: an existing folder, or `off` (nil).
    ///
    /// Default `off`.
    package var folder: String?
    /// `format`: `wav`, or `opus` where this build has it.
    ///
    /// Default `wav`.
    package var format = RecordingFormat.wav
    /// `buffer`: audio of each call that may wait for the disk, 1s…60s; of more the newest is dropped and counted.
    ///
    /// Default 4s: 140 KB for a call at 8 kHz.
    package var buffer: Duration = .seconds(4)
    /// `keep_days`: days after which a recording is deleted, 1…36,500.
    ///
    /// Default 30.
    package var keepDays = 30
    /// `keep_bytes`: size of all recordings beyond which the oldest are deleted, 1MiB…, or `off` (nil).
    ///
    /// Default `off`.
    package var keepBytes: Int?
    /// `encryption_key`: a secret of 64 hexadecimal digits, with which recordings are encrypted at rest; nil for plain
    /// files.
    package var encryptionKey: Secret?

    /// No recordings.
    package init() {}
}
