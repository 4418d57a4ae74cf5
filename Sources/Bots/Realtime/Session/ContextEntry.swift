// SPDX-License-Identifier: Apache-2.0

import CallModel

/// Something that was said, for a session that takes over from a lost one.
struct ContextEntry: Sendable, Equatable {
    /// Who said it.
    enum Role: String, Sendable {
        case user, assistant, system
    }

    var role: Role
    var text: String
}

/// What was said lately, bounded in entries and in bytes; the oldest is forgotten.
struct ConversationContext: Sendable {
    /// The most entries that are kept.
    static let maximumEntries = 40
    /// The most text that is kept, in bytes.
    static let maximumBytes = 16_384
    /// The most of one entry, in bytes.
    static let maximumEntryBytes = 2_048

    private(set) var entries: [ContextEntry] = []
    private var bytes = 0

    /// Adds what was said last.
    mutating func add(_ role: ContextEntry.Role, _ text: String) {
        let text = text.prefixed(toBytes: Self.maximumEntryBytes)
        guard !text.isEmpty else { return }
        entries.append(ContextEntry(role: role, text: text))
        bytes += text.utf8.count
        while entries.count > Self.maximumEntries || bytes > Self.maximumBytes {
            bytes -= entries.removeFirst().text.utf8.count
        }
    }
}
