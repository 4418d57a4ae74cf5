// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// A conversation as both sides heard it.
public struct SpokenConversation: Sendable, Equatable {
    /// Who said a line.
    public enum Speaker: String, Sendable {
        /// The person on the phone.
        case caller
        /// The bot.
        case bot
    }

    /// What one side said at a time.
    public struct Line: Sendable, Equatable {
        /// Who said it.
        public var speaker: Speaker
        /// What was said; of the bot's words only those that the caller heard, by the ledger.
        public var text: String
        /// Whether the bot was interrupted and would have said more.
        public var isCutOff: Bool

        /// A line.
        public init(_ speaker: Speaker, _ text: String, isCutOff: Bool = false) {
            self.speaker = speaker
            self.text = text
            self.isCutOff = isCutOff
        }
    }

    /// What the platform said when the call began.
    public let start: CallStart
    /// What was said, oldest first; of more than ``maximumLines`` the oldest are forgotten.
    public private(set) var lines: [Line]
    /// The most lines that are kept.
    public static let maximumLines = 200

    /// A conversation.
    ///
    /// - Parameters:
    ///   - start: what the platform said when the call began.
    ///   - lines: what was said so far, oldest first.
    public init(start: CallStart, lines: [Line] = []) {
        self.start = start
        self.lines = []
        for line in lines { append(line) }
    }

    /// Adds what was said last.
    public mutating func append(_ line: Line) {
        lines.append(line)
        if lines.count > Self.maximumLines { lines.removeFirst(lines.count - Self.maximumLines) }
    }
}
