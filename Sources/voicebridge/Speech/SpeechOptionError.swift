// SPDX-License-Identifier: Apache-2.0

/// Why a bot of recognizer, generator and synthesizer cannot be made of its options.
struct SpeechOptionError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, and what to do.
    let description: String

    init(_ description: String) { self.description = description }
}
