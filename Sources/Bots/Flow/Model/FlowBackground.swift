// SPDX-License-Identifier: Apache-2.0
package import VoiceBridge

/// A sound that goes round and round behind the conversation.
package struct FlowBackground: Sendable, Equatable {
    /// What is played.
    package var sound: FlowSound
    /// `gain` in decibels, −60…0.
    package var gain: Int
    /// `while`: when it is heard.
    package var occasion: BackgroundOccasion

    /// A sound behind the conversation.
    package init(sound: FlowSound, gain: Int = -20, occasion: BackgroundOccasion = .always) {
        self.sound = sound
        self.gain = gain
        self.occasion = occasion
    }
}
