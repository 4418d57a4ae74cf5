// SPDX-License-Identifier: Apache-2.0

/// What a credential, or all of a request's, are worth.
enum Judgement: Sendable, Equatable {
    /// Right, provided that none of these was used before.
    case accepted(once: [OneTimeUse])
    /// Not there: 401; with the name of what is not, where everybody knows that name.
    case missing(String?)
    /// Not right: 403.
    case wrong
    /// Right once, but its time is over or has not come: 403.
    case late

    /// Right, and good again.
    static let granted = Judgement.accepted(once: [])

    /// Right, but only this once.
    static func granted(once use: OneTimeUse) -> Judgement { .accepted(once: [use]) }

    /// What two demands come to: what is missing is told first, then what is wrong, then what is late.
    func and(_ other: Judgement) -> Judgement {
        switch (self, other) {
        case (.missing(let what), _), (_, .missing(let what)): .missing(what)
        case (.wrong, _), (_, .wrong): .wrong
        case (.late, _), (_, .late): .late
        case (.accepted(let one), .accepted(let two)): .accepted(once: one + two)
        }
    }
}

/// Something that may be used once: a nonce or a token, and the second from which it is no good anyway.
struct OneTimeUse: Sendable, Hashable {
    /// What it is called.
    var name: String
    /// When it can be forgotten, in seconds since 1970.
    var until: Int
}
