// SPDX-License-Identifier: Apache-2.0

import CallModel

extension Call {
    /// Collects digits that the caller presses.
    ///
    /// A caller who presses nothing is asked ``DigitCollection/attempts`` times, after the first with
    /// ``DigitCollection/reprompt``.
    ///
    /// - Parameter collection: what digits to wait for.
    /// - Returns: the digits and why collecting ended; `noInput` with no digits when none came in time.
    /// - Throws: ``CallError`` when the call is over; `CancellationError`.
    public func digits(_ collection: DigitCollection = DigitCollection()) async throws -> CollectedDigits {
        var collection = collection
        var left = min(10, max(1, collection.attempts))
        while true {
            left -= 1
            guard case .digits(let collected) = try await ask({ .collect($0, collection) }) else { break }
            guard collected.completion == .noInput, left > 0 else { return collected }
            if let reprompt = collection.reprompt { try await play(reprompt, interruption: .digitsOnly) }
            // What was pressed during the reprompt is an answer to it.
            collection.takesTypeAhead = true
        }
        return CollectedDigits(digits: "", completion: .noInput)
    }

    /// Throws away digits pressed so far.
    public func discardDigits() {
        port.submit(.discardDigits)
    }

    /// Presses keys on the call, behind everything queued before.
    ///
    /// - Parameter digits: 1 to 32 of `0`–`9`, `*`, `#`, `A`–`D`.
    /// - Throws: ``CallError`` when the text is none of that, the platform cannot send keys, or the call is over.
    public func send(digits: String) async throws {
        guard let keys = DTMFString(digits) else {
            throw CallError.invalid("cannot send these keys: give 1 to 32 of 0-9, *, #, A-D")
        }
        guard capabilities.sendDigits else { throw CallError.unsupported("send digits", platform: start.platform) }
        _ = try await ask { .send($0, keys) }
    }
}
