// SPDX-License-Identifier: Apache-2.0

/// What every message carries: the session's id and the numbers by which the sides acknowledge each other.
struct GenesysEnvelope: Sendable {
    /// The session's id, which equals `Audiohook-Session-Id` of the upgrade; empty until `open`.
    var id = ""
    /// Number of our last message; the first is 1.
    private(set) var serverSequence = 0
    /// Number of the platform's last message.
    private(set) var clientSequence = 0

    /// The number of our next message.
    mutating func nextNumber() -> Int {
        serverSequence += 1
        return serverSequence
    }

    /// Takes the number of a message of the platform's: 1 for the first, one more for each.
    ///
    /// - Returns: the number that was due instead, or nil when it is the right one.
    mutating func receive(_ number: Int?) -> Int? {
        let due = clientSequence + 1
        guard number == due else { return due }
        clientSequence = due
        return nil
    }
}
