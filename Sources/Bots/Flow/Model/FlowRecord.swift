// SPDX-License-Identifier: Apache-2.0
package import VoiceBridge

/// The caller's voice, as a file.
package struct FlowRecord: Sendable, Equatable {
    /// Said first; nil for nothing.
    package var prompt: FlowUtterance?
    /// Whether a tone of 200 ms says that recording begins.
    package var beeps: Bool
    /// Longest recording, 1 s…300 s.
    package var maximum: Duration
    /// How long the caller must be silent for the recording to end, 500 ms…20 s; nil for never.
    package var silence: Duration?
    /// Keys that end the recording.
    package var terminator: Terminator
    /// `into`: the variable that takes the file's path.
    package var variable: String
    /// Where the step leads when the caller said nothing or the file could not be written.
    package var failed: FlowTarget

    /// Keys that end a recording.
    package enum Terminator: Sendable, Equatable {
        /// Any key.
        case any
        /// One key; the others are waited past.
        case key(DTMFDigit)
        /// No key.
        case none

        /// Whether a key ends the recording.
        func ends(with digit: DTMFDigit) -> Bool {
            switch self {
            case .any: true
            case .key(let key): key == digit
            case .none: false
            }
        }
    }

    /// A recording.
    package init(
        prompt: FlowUtterance? = nil,
        beeps: Bool = true,
        maximum: Duration = .seconds(60),
        silence: Duration? = .seconds(3),
        terminator: Terminator = .any,
        variable: String,
        failed: FlowTarget = .hangUp
    ) {
        self.prompt = prompt
        self.beeps = beeps
        self.maximum = maximum
        self.silence = silence
        self.terminator = terminator
        self.variable = variable
        self.failed = failed
    }
}
