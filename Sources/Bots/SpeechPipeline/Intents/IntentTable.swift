// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// All that an assistant of a few intents says and understands.
package struct IntentTable: Sendable, Equatable {
    /// Said when the call begins.
    package var greeting: String
    /// Said to what is none of the intents.
    package var notUnderstood: String
    /// Said when the caller says nothing.
    package var silence: String
    /// Said to a caller who goes on saying nothing, before the call ends.
    package var farewell: String
    /// What the caller may want.
    package var intents: [Intent]

    package init(greeting: String, notUnderstood: String, silence: String, farewell: String, intents: [Intent]) {
        self.greeting = greeting
        self.notUnderstood = notUnderstood
        self.silence = silence
        self.farewell = farewell
        self.intents = intents
    }

    /// All phrases, in the order of the table.
    package var phrases: [String] { intents.flatMap(\.phrases) }

    /// What somebody wants who says this: the intent of the phrase that it is, or of the longest that it contains.
    package func intent(for text: String) -> Intent? {
        let words = Self.words(of: text)
        var best: (intent: Intent, length: Int)?
        for intent in intents {
            for phrase in intent.phrases {
                let wanted = Self.words(of: phrase)
                guard wanted.count > best?.length ?? 0, Self.contains(words, wanted) else { continue }
                best = (intent, wanted.count)
            }
        }
        return best?.intent
    }

    /// What a key stands for.
    package func intent(for digit: DTMFDigit) -> Intent? { intents.first { $0.digit == digit } }

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "'") }.map(String.init)
    }

    private static func contains(_ words: [String], _ wanted: [String]) -> Bool {
        guard !wanted.isEmpty, words.count >= wanted.count else { return false }
        return (0...words.count - wanted.count).contains { words[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}
