// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport
import Testing

/// The figures a converter is chosen by, for every pair of rates, in 20 ms chunks of 16-bit samples.
struct ResamplerQualityTests {
    @Test(arguments: RatePair.all)
    func `speech band is flat, images and delay are low`(pair: RatePair) {
        let (source, target) = (pair.source, pair.target)
        let frequencies = ResamplerBench.distinct(100 * pair.scale, 3400 * pair.scale, 24, from: source, to: target)
        let tones = Tone.together(frequencies)
        let spectrum = ResamplerBench.spectrum(of: tones, from: source, to: target)
        let found = tones.map { spectrum.tone(at: $0.frequency) }
        let gains = zip(found, tones).map { ResamplerBench.decibels($0.amplitude / $1.amplitude) }
        let ripple = gains.map { abs($0) }.max() ?? 99
        #expect(frequencies.count >= 20 && ripple <= pair.ripple)

        if pair.isUp {
            let ghosts = frequencies.flatMap { ResamplerBench.ghosts(of: $0, from: source, to: target) }
            let worst = ghosts.map { spectrum.tone(at: $0).amplitude }.max() ?? 0
            #expect(ResamplerBench.decibels(worst / tones[0].amplitude) <= pair.rejection)
        }

        // Group delay between neighbouring tones, in milliseconds.
        let lags = zip(found, tones).map { found, sent -> Double in
            // Time runs from the settled stretch, which begins a whole number of 25 Hz periods after sample 0.
            let start = 2 * Double.pi * sent.frequency * ResamplerBench.settling
            return sent.phase + start - found.phase
        }
        var delays: [Double] = []
        for index in 1..<lags.count where frequencies[index - 1] >= 300 * pair.scale {
            let turn = 2 * Double.pi
            var difference = (lags[index] - lags[index - 1]).truncatingRemainder(dividingBy: turn)
            if difference < -0.5 { difference += turn }
            delays.append(difference / turn / (frequencies[index] - frequencies[index - 1]) * 1000)
        }
        let worst = delays.max() ?? 99
        let least = delays.min() ?? -99
        #expect(least > 0 && delays[0] * pair.scale <= pair.latency && (worst - least) <= pair.delaySpread)
        let announced = Double(Resampler(from: source, to: target).outputDelay) / Double(target.rawValue) * 1000
        #expect(abs(announced - delays[4]) < 0.6 / Double(target.rawValue) * 1000 + 0.03)
    }

    @Test(arguments: RatePair.all)
    func `the band at the slower side's edge stays out`(pair: RatePair) {
        let (source, target) = (pair.source, pair.target)
        let range = pair.isUp ? (3400.0, 3995.0) : (4005.0, 4595.0)
        let frequencies = ResamplerBench.distinct(
            range.0 * pair.scale,
            range.1 * pair.scale,
            16,
            from: source,
            to: target
        )
        #expect(frequencies.count >= 10)
        let worst = worstGhost(frequencies, pair)
        #expect(worst <= pair.edge)
    }

    @Test(arguments: RatePair.all.filter { !$0.isUp })
    func `what the slower side cannot carry stays out`(pair: RatePair) {
        let (source, target) = (pair.source, pair.target)
        let top = Double(source.rawValue) / 2 - 10
        let low = 4600 * pair.scale
        // Between 44.1 and 48 kHz nothing lies that far above the edge.
        if low >= top { return }
        let frequencies = ResamplerBench.distinct(low, top, 24, from: source, to: target)
        let worst = worstGhost(frequencies, pair)
        #expect(frequencies.count >= 8 && worst <= pair.rejection)
    }

    @Test(arguments: RatePair.all)
    func `single sines are clean`(pair: RatePair) {
        let worst = [105.0, 305, 995, 1995, 2995, 3385].map { wish in
            let frequency = (wish * pair.scale / 5).rounded() * 5
            let tone = Tone(frequency: frequency, amplitude: 29204)
            return ResamplerBench.spectrum(of: [tone], from: pair.source, to: pair.target)
                .signalToNoiseAndDistortion(at: frequency)
        }.min()
        #expect(worst ?? 0 >= pair.signalToNoise)
    }

    /// The loudest ghost of tones, relative to what was sent.
    private func worstGhost(_ frequencies: [Double], _ pair: RatePair) -> Double {
        let tones = Tone.together(frequencies)
        let spectrum = ResamplerBench.spectrum(of: tones, from: pair.source, to: pair.target)
        let ghosts = frequencies.flatMap { ResamplerBench.ghosts(of: $0, from: pair.source, to: pair.target) }
        let worst = ghosts.map { spectrum.tone(at: $0).amplitude }.max() ?? .infinity
        return ResamplerBench.decibels(worst / tones[0].amplitude)
    }
}
