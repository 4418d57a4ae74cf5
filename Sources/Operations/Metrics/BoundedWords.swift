// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Words for a label, as many as it may have; all that come later are `other`.
final class BoundedWords: Sendable {
    private let words = Mutex<Set<String>>([])
    private let limit: Int

    /// Takes so many words.
    init(limit: Int) { self.limit = limit }

    /// The word, or `other` when there are enough.
    func word(_ word: String) -> String {
        words.withLock { words in
            guard !words.contains(word) else { return word }
            guard words.count < limit else { return "other" }
            words.insert(word)
            return word
        }
    }
}
