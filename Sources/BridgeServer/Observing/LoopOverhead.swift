// SPDX-License-Identifier: Apache-2.0

/// Learns how much of an event loop's thread each nanosecond of handling takes with all that is around it (waiting for sockets,
/// reading, decrypting), apart from what the opening of connections takes.
///
/// The thread's time in a window is held to be `factor · handling + opening · openings`; both unknowns are those of least
/// squares, over about two seconds in which the loop had something to do. So a ramp of TLS handshakes, which keeps a loop wholly
/// busy and is over soon, is not taken for what calls will go on to need.
struct LoopOverhead: Sendable, Equatable {
    private static let memory = 15.0 / 16
    /// What holds until something was measured, and how much it weighs: as 5 ms of handling and three openings.
    private static let usual = (factor: 1.4, handling: 5.0, opening: 0.25, openings: 3.0)
    private static let bounds = 1.0...8.0

    // Sums of products, in milliseconds.
    private var handlingSquared = 0.0
    private var openingsSquared = 0.0
    private var both = 0.0
    private var handlingByTime = 0.0
    private var openingsByTime = 0.0
    /// How many times its handling a call takes of the loop's thread.
    private(set) var factor = usual.factor

    /// Takes what a window measured.
    mutating func learn(_ window: LoopWindow) {
        // A thread that had less time than its handling took was kept from the processor in it.
        guard let processor = window.processor, processor >= window.handling, processor > 0 else { return }
        let (time, handling) = (Double(processor) / 1e6, Double(window.handling) / 1e6)
        let openings = Double(window.openings)
        handlingSquared = handlingSquared * Self.memory + handling * handling
        openingsSquared = openingsSquared * Self.memory + openings * openings
        both = both * Self.memory + handling * openings
        handlingByTime = handlingByTime * Self.memory + handling * time
        openingsByTime = openingsByTime * Self.memory + openings * time
        solve()
    }

    private mutating func solve() {
        let usual = Self.usual
        let (weight, openingWeight) = (usual.handling * usual.handling, usual.openings * usual.openings)
        let (first, second) = (handlingSquared + weight, openingsSquared + openingWeight)
        let (byTime, opening) = (
            handlingByTime + usual.factor * weight, openingsByTime + usual.opening * openingWeight
        )
        // Positive: the usual values are two observations of their own.
        let determinant = first * second - both * both
        let solved = (byTime * second - opening * both) / determinant
        factor = min(max(solved, Self.bounds.lowerBound), Self.bounds.upperBound)
    }
}
