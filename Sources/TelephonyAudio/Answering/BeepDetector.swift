// SPDX-License-Identifier: Apache-2.0

/// Hears the beep after which an answering machine records, and the three tones before an announcement of the network.
///
/// A beep is a single steady tone of 400–2000 Hz that lasts 80 ms or longer, keeps its frequency within 1.5 % and its level
/// within 6 dB, stands by itself, and is followed by 100 ms at least 15 dB below it. No standard fixes it; these bounds are
/// what machines do. Voices have no such tone, DTMF and most progress tones are two tones at once, and the notes of a melody
/// follow each other. Special information tones are three tones near 950, 1400 and 1800 Hz, each of about 330 ms, one
/// right behind the other (ITU-T E.180).
///
/// Works at 8 kHz; streams of other rates are converted first. Nothing is allocated after `init`.
package struct BeepDetector: Sendable {
    /// What was heard.
    package struct Signal: Equatable, Sendable {
        /// Which signal.
        package enum Kind: Equatable, Sendable {
            /// A machine's beep.
            case beep
            /// The network's three tones before an announcement.
            case specialInformation
        }

        /// Which signal.
        package var kind: Kind
        /// Hertz; of three tones the last one's.
        package var frequency: Float
        /// Milliseconds of the tone, or of the last of three, less up to 20.
        package var milliseconds: Int
        /// Samples that had been heard when this was known.
        package var position: Int
    }

    /// Milliseconds; a measured length lacks up to 20 ms of the true one.
    private static let shortest = 70
    private static let silence = 100
    private static let frequencies: ClosedRange<Float> = 395...2025
    /// Mean square under which nothing is a beep: −45 dBFS.
    private static let leastPower: Float = 34_000
    /// The silence's power is less than this part of the tone's.
    private static let fall: Float = 32

    private var meter = ToneMeter()
    private var converter: NarrowbandConverter?
    private let rateFactor: Double
    /// Measures so far, of 10 ms each.
    private var measures = 0
    /// The tone that sounds.
    private var current: SteadyTone?
    /// The last tones that followed each other at once, the newest last, and how many there were.
    private var row: (SteadyTone?, SteadyTone?, SteadyTone?)
    private var rowCount = 0
    /// Measures of silence behind the newest; nil when something else came.
    private var quiet: Int?

    /// A detector for one stream.
    package init(rate: SampleRate = .hz8000) {
        rateFactor = Double(rate.rawValue) / 8000
        converter = NarrowbandConverter(from: rate)
    }

    /// Takes the next samples of the stream, any number, and reports signals to `body` when they are certain.
    package mutating func process(_ samples: Span<Int16>, _ body: (Signal) -> Void) {
        guard var converter else { return processNarrowband(samples, body) }
        self.converter = nil
        var start = 0
        while start < samples.count {
            start += converter.convert(samples.extracting(start..<samples.count))
            processNarrowband(converter.buffer.span.extracting(0..<converter.count), body)
        }
        self.converter = converter
    }

    private mutating func processNarrowband(_ samples: Span<Int16>, _ body: (Signal) -> Void) {
        for index in samples.indices where meter.take(samples[index]) { judge(meter.measure(), body) }
    }

    private mutating func judge(_ measure: ToneMeter.Measure, _ body: (Signal) -> Void) {
        measures += 1
        if current?.goesOn(measure, at: measures) != true {
            // Two measures are the least that is a tone at all.
            if let tone = current, tone.milliseconds > 20 { append(tone) }
            current = measure.frequency.map { SteadyTone(frequency: $0, power: measure.power, at: measures) }
        }
        // The 20 ms behind a tone may hold some of it yet.
        guard let silent = quiet, let tone = row.2, measures > tone.end + 2 else { return }
        guard measure.power * Self.fall < tone.power else {
            quiet = nil
            return
        }
        quiet = silent + 1
        guard (silent + 2) * 10 >= Self.silence else { return }
        quiet = nil
        if isSpecialInformation {
            report(.specialInformation, tone, body)
        } else if isBeep(tone) {
            report(.beep, tone, body)
        }
    }

    private mutating func append(_ tone: SteadyTone) {
        let follows = row.2.map { tone.start - $0.end <= 6 } ?? false
        rowCount = follows ? rowCount + 1 : 1
        row = (row.1, row.2, tone)
        quiet = 0
    }

    private func isBeep(_ tone: SteadyTone) -> Bool {
        rowCount == 1 && tone.milliseconds >= Self.shortest && Self.frequencies.contains(tone.frequency)
            && tone.power >= Self.leastPower
    }

    private var isSpecialInformation: Bool {
        func isNear(_ tone: SteadyTone?, _ frequency: Float) -> Bool {
            tone.map { abs($0.frequency - frequency) <= 60 && (200...450).contains($0.milliseconds) } ?? false
        }
        return rowCount == 3 && isNear(row.0, 950) && isNear(row.1, 1400) && isNear(row.2, 1800)
    }

    private func report(_ kind: Signal.Kind, _ tone: SteadyTone, _ body: (Signal) -> Void) {
        body(
            Signal(
                kind: kind,
                frequency: tone.frequency,
                milliseconds: tone.milliseconds,
                position: Int((Double(measures * ToneMeter.hop) * rateFactor).rounded())
            )
        )
    }
}
