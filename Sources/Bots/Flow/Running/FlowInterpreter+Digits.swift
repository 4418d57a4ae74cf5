// SPDX-License-Identifier: Apache-2.0

internal import VoiceBridge

extension FlowInterpreter {
    /// Asks for keys, behind a line about what was wrong with the last ones.
    mutating func ask(_ entry: FlowEntry, attempt: Int, after complaint: FlowUtterance? = nil) -> FlowAction {
        var collection = FlowCollection(
            lines: [complaint, entry.prompt].compactMap { $0 }.map(line),
            interruption: entry.interruption,
            discardsEarlier: !entry.takesTypeAhead || attempt > 1,
            count: 1,
            terminator: nil,
            firstDigitTimeout: entry.timeout,
            interDigitTimeout: entry.timeout
        )
        if case .collect(let collect) = current {
            collection.count = collect.maximum
            collection.terminator = collect.terminator
            collection.interDigitTimeout = collect.interDigitTimeout
        }
        return wait(for: .digits(attempt: attempt), .collect(collection))
    }

    /// Takes keys: goes on, asks again, or gives up.
    mutating func take(_ digits: String, attempt: Int) -> FlowAction {
        switch current {
        case .menu(let menu):
            if let choice = menu.choices.first(where: { digits == "\($0.key)" }) {
                if let variable = menu.variable { set(variable, to: digits) }
                return follow(choice.target)
            }
            return askAgain(menu.entry, after: digits, attempt: attempt)
        case .collect(let collect):
            if collect.accepts(digits) {
                set(collect.variable, to: digits)
                return follow(.next)
            }
            return askAgain(collect.entry, after: digits, attempt: attempt)
        default: return .hangUp
        }
    }

    private mutating func askAgain(_ entry: FlowEntry, after digits: String, attempt: Int) -> FlowAction {
        guard attempt < entry.attempts else { return follow(entry.failed) }
        return ask(entry, attempt: attempt + 1, after: digits.isEmpty ? entry.noInput : entry.noMatch)
    }
}
