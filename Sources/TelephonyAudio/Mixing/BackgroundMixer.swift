// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Puts a sound that goes round and round under what is said: hold music, an office, the noise of thinking.
///
/// Switched on (`isOn`), the sound fades in to its gain; under speech it steps back by the ducking; switched off it fades out
/// and is silent, and then mixing returns at once. It begins anew each time it was silent, and where its end meets its
/// beginning the two are blended over 20 ms. Sums are saturated. Samples of another rate are converted on the way, piece by
/// piece, so that calls that play one sound share its samples. Nothing is allocated after `init`.
package struct BackgroundMixer: Sendable {
    /// Switches the sound on or off; it fades.
    package var isOn = false

    /// The sound as it was given, shared by all who play it.
    private let loop: [Int16]
    /// Samples at the end of the loop that lie under its beginning.
    private let seam: Int
    private let level: Float
    private let duckedLevel: Float
    /// The most the gain changes for a sample.
    private let step: Float
    private var gain: Float = 0

    private var place = 0
    private var hasWrapped = false
    private var resampler: Resampler?
    /// The next source samples, and the same at the rate of the stream.
    private var drawn: [Int16]
    private var ready: [Int16]
    private var readyCount = 0
    private var readyPlace = 0

    /// A sound for one stream.
    ///
    /// - Parameters:
    ///   - loop: the sound.
    ///   - source: its rate.
    ///   - rate: of the stream.
    ///   - decibels: its gain, −60…0.
    ///   - ducking: by how many decibels it steps back under speech, 0…60.
    ///   - milliseconds: how long it takes from silence to its gain and back, 5…1000; 20…50 is heard as neither click nor
    ///     swell.
    package init(
        loop: [Int16],
        from source: SampleRate,
        at rate: SampleRate,
        gain decibels: Double = -20,
        ducking: Double = 12,
        fadeMilliseconds milliseconds: Int = 30
    ) {
        self.loop = loop
        seam = min(source.samplesPer20Milliseconds, loop.count / 4)
        level = Float(pow(10, min(max(decibels, -60), 0) / 20))
        duckedLevel = level * Float(pow(10, -min(max(ducking, 0), 60) / 20))
        step = level * 1000 / Float(min(max(milliseconds, 5), 1000) * rate.rawValue)
        drawn = [Int16](repeating: 0, count: source.samplesPer20Milliseconds)
        if source != rate {
            let resampler = Resampler(from: source, to: rate)
            ready = [Int16](repeating: 0, count: resampler.maximumOutput(for: source.samplesPer20Milliseconds))
            self.resampler = resampler
        } else {
            ready = []
        }
    }

    /// Whether there is anything to hear: it is on, or still fading out.
    package var isAudible: Bool { (isOn || gain > 0) && !loop.isEmpty }

    /// Adds the sound to these samples; nothing happens and nothing is spent when it is silent.
    ///
    /// - Parameters:
    ///   - samples: the next of the stream: speech, or zeros.
    ///   - isSpeech: they are speech, under which the sound steps back.
    package mutating func mix(into samples: inout MutableSpan<Int16>, underSpeech isSpeech: Bool) {
        guard isAudible else { return }
        let target = isOn ? (isSpeech ? duckedLevel : level) : 0
        var index = 0
        while index < samples.count {
            if readyPlace == readyCount { draw() }
            let count = min(readyCount - readyPlace, samples.count - index)
            for offset in 0..<count {
                gain = gain < target ? min(gain + step, target) : max(gain - step, target)
                let sound = Float(resampler == nil ? drawn[readyPlace + offset] : ready[readyPlace + offset])
                let sum = Float(samples[index + offset]) + (sound * gain).rounded()
                samples[index + offset] = Int16(min(max(sum, -32768), 32767))
            }
            readyPlace += count
            index += count
        }
        if gain == 0, !isOn { rewind() }
    }

    /// Draws the next samples of the loop and converts them.
    private mutating func draw() {
        for index in drawn.indices { drawn[index] = nextOfLoop() }
        readyPlace = 0
        readyCount = Self.convert(drawn, with: &resampler, into: &ready)
    }

    private static func convert(_ drawn: [Int16], with resampler: inout Resampler?, into ready: inout [Int16]) -> Int {
        guard resampler != nil else { return drawn.count }
        var room = ready.mutableSpan
        return resampler?.process(drawn.span, into: &room).produced ?? 0
    }

    private mutating func nextOfLoop() -> Int16 {
        defer {
            place += 1
            if place == loop.count - seam { (place, hasWrapped) = (0, true) }
        }
        guard hasWrapped, place < seam else { return loop[place] }
        let rise = Float(place + 1) / Float(seam + 1)
        return Int16((Float(loop[place]) * rise + Float(loop[loop.count - seam + place]) * (1 - rise)).rounded())
    }

    private mutating func rewind() {
        (place, hasWrapped, readyCount, readyPlace) = (0, false, 0, 0)
        resampler?.reset()
    }
}
