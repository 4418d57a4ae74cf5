// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

/// Hears the caller's keys in the audio itself, and keeps a key that the platform tells as well from counting twice.
///
/// The platform's word goes before the ear's: with its first key the detector is let go for the rest of the call. Keys that
/// were heard up to 3 s before are still to be told by it; the first of them that is the same key is the same press.
struct HeardKeys: Sendable {
    /// How much later than the ear a platform may tell of a key.
    static let patience: Duration = .seconds(3)
    /// Most keys that are remembered: more cannot be pressed in that time.
    private static let memory = 32

    private var detector: DTMFDetector?
    private var heard: [(digit: DTMFDigit, time: CallInstant)] = []

    init(rate: SampleRate) { detector = DTMFDetector(rate: rate) }

    /// Whether a key sounds.
    var isSounding: Bool { detector?.sounding != nil }

    /// Takes samples of the wire and reports each key as soon as it is certain, once.
    mutating func process(_ samples: Span<Int16>, at now: CallInstant, _ body: (DTMFDigit) -> Void) {
        // Taken out, so that it is changed where it lies and not copied.
        guard var detector else { return }
        self.detector = nil
        detector.process(samples) { event in
            guard event.edge == .began, let digit = DTMFDigit(event.digit.character) else { return }
            if heard.count == Self.memory { heard.removeFirst() }
            heard.append((digit, now))
            body(digit)
        }
        self.detector = detector
    }

    /// Takes a key that the platform tells; true when it is a press that was heard already.
    mutating func isKnown(_ digit: DTMFDigit, at now: CallInstant) -> Bool {
        detector = nil
        heard.removeAll { $0.time + Self.patience < now }
        guard let index = heard.firstIndex(where: { $0.digit == digit }) else { return false }
        heard.remove(at: index)
        return true
    }
}
