// SPDX-License-Identifier: Apache-2.0

/// What recordings are written as (`recording.format`).
package enum RecordingFormat: String, Sendable, Equatable, CaseIterable {
    /// 16-bit samples.
    case wav
    /// Ogg Opus, a sixth of the size; only in a build with the trait `Opus`.
    case opus

    /// Whether this build can write it.
    package var isBuilt: Bool {
        #if Opus
        true
        #else
        self == .wav
        #endif
    }

    /// What is wrong with a format that is not built.
    package static let notBuilt =
        "opus is not in this build: install libopusenc-dev and build with `swift build -c release --traits Opus`, or give wav"
}
