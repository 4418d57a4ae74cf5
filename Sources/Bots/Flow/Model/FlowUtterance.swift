// SPDX-License-Identifier: Apache-2.0

/// Something to say or to play.
package struct FlowUtterance: Sendable, Equatable {
    /// What is said; nil for a sound without words.
    package var text: FlowText?
    /// What is played for it; nil when a synthesizer shall say the text.
    package var sound: FlowSound?
    /// The language; nil for the flow's.
    package var language: String?

    /// An utterance.
    package init(text: FlowText? = nil, sound: FlowSound? = nil, language: String? = nil) {
        self.text = text
        self.sound = sound
        self.language = language
    }
}

/// Audio that a flow names.
package enum FlowSound: Sendable, Hashable {
    /// A WAV file, by its path.
    case file(String)
    /// A prompt that is part of the program, by its name.
    case prompt(String)
}

extension FlowSound: CustomStringConvertible {
    /// The file's path, or the prompt's name.
    package var description: String {
        switch self {
        case .file(let path): path
        case .prompt(let name): "the built-in prompt \(name)"
        }
    }
}
