// SPDX-License-Identifier: Apache-2.0

/// The marks that wait for their audio, and when each returns by the platform's mark mode.
struct PendingMarks: Sendable {
    private struct Mark {
        let name: String
        /// The end of the audio before it, as a sample index of the platform's clock.
        let position: Int
        var due: Duration
        var isCleared = false
    }

    private let mode: MarkMode
    private var waiting: [Mark] = []

    init(mode: MarkMode) {
        self.mode = mode
    }

    /// When the next mark returns.
    var deadline: Duration? { waiting.map(\.due).min() }

    /// Takes a mark whose audio ends at `position`, to be played by `played`.
    mutating func receive(_ name: String, position: Int, played: Duration, now: Duration) {
        let due: Duration? =
            switch mode {
            case .honest, .burst, .duplicate, .misnamed: max(played, now)
            case .late: max(played, now) + .seconds(2)
            case .echo: now
            case .never: nil
            }
        guard let due else { return }
        let returned = mode == .misnamed ? "no-such-" + name : name
        for _ in 0..<(mode == .duplicate ? 2 : 1) {
            waiting.append(Mark(name: returned, position: position, due: due))
        }
    }

    /// A clear took back the audio from `position` on.
    mutating func clear(from position: Int, now: Duration, _ fate: WireRules.ClearedMarks) {
        if mode == .burst { return returnAll(from: .min, now: now) }
        switch fate {
        case .lost: waiting.removeAll { $0.position > position }
        case .returned: returnAll(from: position, now: now)
        case .kept: break
        }
    }

    /// Returns the marks behind `position` ahead of time.
    mutating func returnAll(from position: Int, now: Duration) {
        let due = mode == .late ? now + .seconds(2) : now
        for index in waiting.indices where waiting[index].position > position {
            waiting[index].due = min(waiting[index].due, due)
            waiting[index].isCleared = true
        }
    }

    /// The next mark that is due at `now`, in the order they came.
    mutating func next(at now: Duration) -> (name: String, isCleared: Bool)? {
        guard let index = waiting.firstIndex(where: { $0.due <= now }) else { return nil }
        let mark = waiting.remove(at: index)
        return (mark.name, mark.isCleared)
    }
}
