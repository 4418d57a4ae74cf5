// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// Something a caller may want, how they say so, and what the bot does about it.
package struct Intent: Sendable, Equatable {
    /// What a caller says to want it, in lower case without punctuation.
    package var phrases: [String]
    /// The key that stands for it.
    package var digit: DTMFDigit?
    /// What the bot says.
    package var reply: String
    /// What the bot does once that was heard.
    package var action: ReplyAction?
    /// Whether it wants the last reply again; `reply` comes before it, and may be empty.
    package var isRepetition: Bool

    package init(
        _ phrases: [String],
        digit: DTMFDigit? = nil,
        reply: String,
        action: ReplyAction? = nil,
        isRepetition: Bool = false
    ) {
        self.phrases = phrases
        self.digit = digit
        self.reply = reply
        self.action = action
        self.isRepetition = isRepetition
    }
}
