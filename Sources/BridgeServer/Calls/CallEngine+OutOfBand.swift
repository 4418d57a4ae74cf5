// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession

// What the platform is asked over its own interface.
extension CallEngine {
    /// Asks in a task off the loop, and brings the answer back to it.
    func askOutOfBand(_ number: Int, _ action: CallAction) {
        guard let control = route.control, let start = path.session.start else { return }
        let ask = { @Sendable () async -> String? in
            do {
                switch action {
                case .hangUp: try await control.hangUp(start)
                case .transfer(let target): try await control.transfer(start, to: target)
                }
                return nil
            } catch {
                return ShownFailure.text(of: error)
            }
        }
        questions[number] = Task { [loop, trace] in
            let failure = if let trace { await trace.asking(action, ask) } else { await ask() }
            loop.execute { self.answered(number, failure) }
        }
    }

    /// Why the platform cannot be asked for a transfer; nil when it can.
    func refusalOutOfBand(of target: TransferTarget) -> String? {
        guard let control = route.control, let start = path.session.start else { return nil }
        do {
            try control.check(target, for: start)
            return nil
        } catch {
            return ShownFailure.text(of: error)
        }
    }

    private func answered(_ number: Int, _ failure: String?) {
        // One that was abandoned is answered by its cancellation.
        guard questions.removeValue(forKey: number) != nil else { return }
        path.session.answered(number, failure: failure, at: loop.now)
        onTurn?()
    }
}

/// What is told of an error that comes from a platform's interface.
enum ShownFailure {
    /// Digits in a row that may be a telephone number.
    private static let longestShown = 5

    /// The error in its own words, with telephone numbers hidden: a platform's words may hold the one that it refused.
    static func text(of error: any Error) -> String {
        var shown = ""
        var digits = ""
        func flush() {
            shown += digits.count > longestShown ? "…" : digits
            digits = ""
        }
        for character in "\(error)" {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else {
                flush()
                shown.append(character)
            }
        }
        flush()
        return shown
    }
}
