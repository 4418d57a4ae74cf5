// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// A line of the table of what a receiver must accept or refuse.
struct DTMFCase: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var signal: DTMFSignal

    init(_ description: String, _ change: (inout DTMFSignal) -> Void) {
        testDescription = description
        signal = DTMFSignal()
        signal.tone = 40
        signal.pause = 40
        change(&signal)
    }

    /// ITU-T Q.24: every one of these digits is to be heard, once.
    static let accepted: [DTMFCase] =
        [
            DTMFCase("40 ms with pauses of 40 ms") { _ in },
            DTMFCase("93 ms a digit") { ($0.tone, $0.pause) = (40, 53) },
            DTMFCase("pauses of 30 ms") { $0.pause = 30 },
            DTMFCase("long tones") { ($0.tone, $0.pause) = (400, 60) },
            DTMFCase("0 dBm, clipped") { ($0.low, $0.high) = (0, 0) },
            DTMFCase("−25 dBm") { ($0.low, $0.high) = (-25, -25) },
            DTMFCase("high tone 4 dB above") { ($0.low, $0.high) = (-10, -6) },
            DTMFCase("high tone 5 dB above") { ($0.low, $0.high) = (-10, -5) },
            DTMFCase("high tone 8 dB below") { ($0.low, $0.high) = (-10, -18) },
            DTMFCase("quiet, high tone 8 dB below") { ($0.low, $0.high) = (-17, -25) },
        ]
        + [
            (1.5, 1.5), (1.5, -1.5), (-1.5, 1.5), (-1.5, -1.5), (1.8, 1.8), (1.8, -1.8), (-1.8, 1.8), (-1.8, -1.8),
        ].map { low, high in
            DTMFCase("frequencies off by \(low) and \(high) %") { ($0.lowOffset, $0.highOffset) = (low, high) }
        }
        + [(20.0, 45.0), (40, 60), (70, 100)].map { start, tone in
            DTMFCase("a break of 10 ms at \(start) of \(tone) ms") {
                ($0.tone, $0.interruption) = (tone, (start, 10))
            }
        }
        + [24.0, 18, 15, 12].map { (ratio: Double) in
            DTMFCase("noise \(ratio) dB below") { $0.signalToNoise = ratio }
        }

    /// ITU-T Q.24: none of these is a digit.
    static let refused: [DTMFCase] =
        [
            DTMFCase("23 ms") { ($0.tone, $0.pause) = (23, 60) },
            DTMFCase("24 ms") { ($0.tone, $0.pause) = (24, 60) },
            DTMFCase("23 ms, loud") { ($0.tone, $0.pause, $0.low, $0.high) = (23, 60, -1, -1) },
            DTMFCase("23 ms in noise 12 dB below") { ($0.tone, $0.pause, $0.signalToNoise) = (23, 60, 12) },
            DTMFCase("−55 dBm") { ($0.tone, $0.low, $0.high) = (100, -55, -55) },
            DTMFCase("−44 dBm") { ($0.tone, $0.low, $0.high) = (100, -44, -44) },
            DTMFCase("low tone alone") { ($0.tone, $0.high) = (100, -60) },
            DTMFCase("high tone alone") { ($0.tone, $0.low) = (100, -60) },
        ]
        + [3.0, -3, 3.5, -3.5, 5, -5].flatMap { offset in
            [
                DTMFCase("low frequency off by \(offset) %") { ($0.tone, $0.lowOffset) = (100, offset) },
                DTMFCase("high frequency off by \(offset) %") { ($0.tone, $0.highOffset) = (100, offset) },
            ]
        }
}
