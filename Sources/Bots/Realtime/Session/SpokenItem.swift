// SPDX-License-Identifier: Apache-2.0

import VoiceBridge

/// One item of an answer that the caller hears, or will.
struct SpokenItem: Sendable {
    /// The most that is kept of what is said in one, in bytes, but for the last piece.
    static let maximumTranscript = 4_096

    /// The item's id on the service's side.
    let id: String
    /// The answer it belongs to.
    let response: String
    let contentIndex: Int
    /// The utterance it is on our side.
    let playback: PlaybackID
    /// Whether the conversation on the service's side holds it, so that it can be cut there.
    var isKnown: Bool
    /// Audio received, in bytes of the session's format.
    var bytes = 0
    /// The first half of a sample of linear audio whose second half has not come.
    var halfSample: UInt8?
    /// No more audio is forwarded, and why it was cut where it was.
    var isComplete = false
    /// Audio came that was not forwarded, for there was too much.
    var isCut = false
    /// What is said in it, as far as known.
    var transcript = ""
    /// Whether the context holds it.
    var isNoted = false
}

/// An answer under way.
struct RunningAnswer: Sendable {
    var id: String
    /// What we asked for; nil when the service began of its own accord.
    var request: AnswerRequest?
    /// It was cancelled: what still comes of it is not for the caller.
    var isDead = false
    /// The caller hears something of it.
    var hasSpoken = false
    /// Audio received, in bytes of the session's format.
    var bytes = 0
}

/// An answer that we ask for.
enum AnswerRequest: Sendable, Equatable {
    /// To what was said.
    case plain
    /// The first words.
    case greeting(String?)
    /// Words that bridge a wait, apart from the conversation.
    case filler(String)
    /// The last words, after which the call ends.
    case farewell(String)

    /// Whether the answer stays out of the conversation.
    var isApart: Bool {
        if case .filler = self { true } else { false }
    }
}
