// SPDX-License-Identifier: Apache-2.0

@testable import BridgeServer

/// An event loop in virtual time, window by window: calls come at a rate, speak a little later, and what cannot be done waits.
struct SimulatedLoop {
    /// Calls that come in a second, until so many came.
    var rate = 100.0
    var most = 1_000
    /// Audio messages of a call in a second; 0 for calls that say nothing.
    var frames = 10.0
    /// What handling one takes, and what the thread has to do for it in all, in seconds.
    var handling = 25e-6
    var factor = 1.4
    /// What opening a connection takes of the thread, in seconds.
    var opening = 0.0002
    /// The part of the processor that the thread gets where it wants all of it.
    var available = 1.0

    var gate: BusyGate
    private(set) var calls = 0
    private(set) var refused = 0
    private var came = 0
    private var due = 0.0
    private var speaking = 0
    private var backlog = 0.0

    init(limit: Double? = 0.85) { gate = BusyGate(limit: limit) }

    /// The share of the thread that the calls need.
    var needed: Double { Double(calls) * frames * handling * factor }

    /// Lets seconds pass, in windows of a tenth.
    mutating func pass(_ seconds: Double) {
        for _ in 0..<Int((seconds * 10).rounded()) { step() }
    }

    /// Ends calls.
    mutating func end(_ count: Int) {
        calls -= count
        speaking -= count
        gate.note(calls: calls)
    }

    /// Tells the gate of a window in which the loop stood still in the middle of a message.
    mutating func stall(seconds: Double, processor: Double) {
        gate.note(
            LoopWindow(
                length: Int64(seconds * 1e9),
                processor: Int64(processor * 1e9),
                handling: Int64(seconds * 0.98e9),
                heard: Int64(processor * 1e9),
                callsBefore: calls,
                callsAfter: calls
            )
        )
    }

    private mutating func step() {
        let length = 0.1
        let before = calls
        var openings = 0
        due += came < most ? rate * length : 0
        while due >= 1, came < most {
            due -= 1
            came += 1
            openings += 1
            if gate.isClosed { refused += 1 } else { calls += 1 }
            gate.note(calls: calls)
        }
        // Connections first: they are what is new.
        let opened = min(Double(openings) * opening, length * available)
        backlog += Double(speaking) * frames * length
        let one = handling * factor
        let done = one > 0 ? min(backlog, (length * available - opened) / one) : backlog
        backlog -= done
        gate.note(
            LoopWindow(
                length: Int64(length * 1e9),
                processor: Int64((opened + done * one) * 1e9),
                handling: Int64(done * handling / available * 1e9),
                heard: frames > 0 ? Int64(done / frames * 1e9) : 0,
                openings: openings,
                callsBefore: before,
                callsAfter: calls
            )
        )
        speaking = before
    }
}
