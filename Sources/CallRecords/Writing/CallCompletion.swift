// SPDX-License-Identifier: Apache-2.0

import CallSession
import VoiceBridge

/// What is known of a call when it is over.
struct CallCompletion: Sendable {
    let beginning: CallBeginning
    let summary: CallSummary
    /// Milliseconds since 1970.
    let endedAt: Int64
    /// What happened in between.
    let story: RecordStory
}

/// What a call's record keeps of what happened between its ends; bounded.
struct RecordStory: Sendable {
    /// Most turns whose timings are kept; the rest are counted.
    static let maximumTurns = 200
    /// Most keys that are kept; the rest are counted.
    static let maximumDigits = 256
    /// Most faults of the audio that are kept: there are fewer kinds.
    static let maximumFaults = 32

    /// The keys that were pressed, or as many `*`.
    private(set) var digits = ""
    private(set) var digitCount = 0
    private(set) var turns: [TurnTimings] = []
    private(set) var turnCount = 0
    private(set) var faults: [AudioFault] = []

    mutating func press(_ key: Character) {
        digitCount += 1
        if digitCount <= Self.maximumDigits { digits.append(key) }
    }

    mutating func measure(_ timings: TurnTimings) {
        turnCount += 1
        if turns.count < Self.maximumTurns { turns.append(timings) }
    }

    mutating func find(_ fault: AudioFault) {
        if faults.count < Self.maximumFaults { faults.append(fault) }
    }
}
