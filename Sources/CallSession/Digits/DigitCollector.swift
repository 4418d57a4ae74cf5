// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

/// The digits a caller pressed: kept while nobody asks for them, collected while somebody does.
struct DigitCollector: Sendable {
    /// Most digits kept while nobody asks, further ones are dropped; and most digits of one collection.
    static let maximumTypeAhead = 64

    private struct Active: Sendable {
        var id: RequestID
        var collection: DigitCollection
        var digits = ""
        /// When waiting ends; nil while the caller still hears the bot.
        var deadline: CallInstant?
    }

    private var typeAhead: [DTMFDigit] = []
    private var active: Active?

    /// Whether a collection is under way.
    var isCollecting: Bool { active != nil }

    /// When the collection under way ends for want of digits.
    var deadline: CallInstant? { active?.deadline }

    /// Begins a collection and returns replies to give; one under way ends with what it has.
    mutating func begin(
        _ id: RequestID,
        _ collection: DigitCollection,
        isQuiet: Bool,
        at now: CallInstant
    ) -> [(RequestID, CollectedDigits)] {
        var replies: [(RequestID, CollectedDigits)] = []
        if let earlier = active {
            replies.append((earlier.id, CollectedDigits(digits: earlier.digits, completion: .interDigitTimeout)))
        }
        var collection = collection
        collection.count = min(Self.maximumTypeAhead, max(1, collection.count))
        active = Active(id: id, collection: collection)
        let waiting = collection.takesTypeAhead ? typeAhead : []
        typeAhead = []
        for (index, digit) in waiting.enumerated() {
            guard let reply = receive(digit, at: now) else { continue }
            replies.append(reply)
            typeAhead = Array(waiting[(index + 1)...])
            break
        }
        quietChanged(isQuiet, at: now)
        return replies
    }

    /// Takes a digit; returns the reply when it completes a collection.
    mutating func receive(_ digit: DTMFDigit, at now: CallInstant) -> (RequestID, CollectedDigits)? {
        guard var collecting = active else {
            if typeAhead.count < Self.maximumTypeAhead { typeAhead.append(digit) }
            return nil
        }
        if digit == collecting.collection.terminator {
            active = nil
            return (collecting.id, CollectedDigits(digits: collecting.digits, completion: .terminator))
        }
        collecting.digits.append(digit.character)
        if collecting.digits.count >= collecting.collection.count {
            active = nil
            return (collecting.id, CollectedDigits(digits: collecting.digits, completion: .count))
        }
        collecting.deadline = now + collecting.collection.interDigitTimeout
        active = collecting
        return nil
    }

    /// Says whether the caller has heard everything: the wait for the first digit begins then, and stops while the bot speaks.
    mutating func quietChanged(_ isQuiet: Bool, at now: CallInstant) {
        guard let collecting = active, collecting.digits.isEmpty else { return }
        if !isQuiet {
            active?.deadline = nil
        } else if collecting.deadline == nil {
            active?.deadline = now + collecting.collection.firstDigitTimeout
        }
    }

    /// Ends the collection whose time is over.
    mutating func expire(at now: CallInstant) -> (RequestID, CollectedDigits)? {
        guard let collecting = active, let deadline = collecting.deadline, deadline <= now else { return nil }
        active = nil
        let completion: CollectedDigits.Completion = collecting.digits.isEmpty ? .noInput : .interDigitTimeout
        return (collecting.id, CollectedDigits(digits: collecting.digits, completion: completion))
    }

    /// Forgets a collection nobody awaits any more.
    mutating func cancel(_ id: RequestID) {
        if active?.id == id { active = nil }
    }

    /// Throws away digits that nobody asked for.
    mutating func discard() { typeAhead = [] }
}
