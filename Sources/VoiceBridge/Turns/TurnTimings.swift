// SPDX-License-Identifier: Apache-2.0

/// Where the time between the caller's last word and the bot's first went.
///
/// Every figure but ``network`` counts from ``Turn/endedAt``, the moment in which the caller fell silent, so that each
/// stage's own share is the difference to the one before.
public struct TurnTimings: Sendable, Hashable {
    /// The turn that was answered.
    public var turn: Turn
    /// How much later than the quickest message of the call the turn's last audio came, by the platform's own
    /// timestamps; nil when it sends none.
    public var network: Duration?
    /// When the turn was held to be over.
    public var endOfTurn: Duration
    /// When the bot took ``Call/Event/turnEnded(_:)``; nil when it did not listen.
    public var taken: Duration?
    /// What the bot reported through ``Call/report(_:)``.
    public var stages: [TurnStage: Duration]
    /// When the answer's first frame was given to the platform.
    public var sent: Duration
    /// When the caller heard it, by the ledger.
    public var heard: Duration

    /// Timings of these parts.
    public init(
        turn: Turn,
        network: Duration? = nil,
        endOfTurn: Duration,
        taken: Duration? = nil,
        stages: [TurnStage: Duration] = [:],
        sent: Duration,
        heard: Duration
    ) {
        self.turn = turn
        self.network = network
        self.endOfTurn = endOfTurn
        self.taken = taken
        self.stages = stages
        self.sent = sent
        self.heard = heard
    }
}

extension TurnTimings: CustomStringConvertible {
    /// The waterfall in a line: `network 12 ms, end_of_turn 700 ms, … heard 1240 ms`.
    public var description: String {
        var parts: [(String, Duration)] = []
        if let network { parts.append(("network", network)) }
        parts.append(("end_of_turn", endOfTurn))
        if let taken { parts.append(("taken", taken)) }
        for stage in TurnStage.allCases {
            if let time = stages[stage] { parts.append((stage.rawValue, time)) }
        }
        parts += [("sent", sent), ("heard", heard)]
        return parts.map { "\($0.0) \($0.1.wholeMilliseconds) ms" }.joined(separator: ", ")
    }
}
