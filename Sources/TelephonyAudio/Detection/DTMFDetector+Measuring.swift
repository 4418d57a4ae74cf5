// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

extension DTMFDetector {
    /// Refused beyond this deviation: between ±1.8 % and ±3.0 %.
    private static let maximumDeviation: Float = 0.0238
    /// Refused when the deviations of the tones are further apart: a low tone 1.9 % flat under a high one 2.1 % sharp
    /// is `C` or the second harmonic of a voice, and no telephone is that bad both ways.
    private static let maximumSpread: Float = 0.0385
    /// Power of the high tone over that of the low one: −10.5…+7 dB.
    private static let twist: ClosedRange<Float> = 0.089...5
    /// Of all energy; noise 12 dB below leaves 0.94.
    private static let minimumShare: Float = 0.86

    /// Whether a measured pair is a digit.
    func isDigit(_ found: DTMFMeasure) -> Bool {
        abs(found.lowDeviation) <= Self.maximumDeviation && abs(found.highDeviation) <= Self.maximumDeviation
            && abs(found.lowDeviation - found.highDeviation) <= Self.maximumSpread && found.lowPower >= minimumPower
            && found.highPower >= minimumPower
            && Self.twist.contains(found.highPower / found.lowPower) && found.share >= Self.minimumShare
    }

    /// A cheap first look: whether the pair may be most of what the short window holds.
    func isPure(_ power: SIMD8<Float>, _ pair: Pair) -> Bool {
        var energy: Float = 0
        // The four hops in the middle of the window.
        for hop in bank.hops - 8..<bank.hops - 4 { energy += bank.energy[hop & (DTMFFilterBank.memory - 1)] }
        return power[pair.low] + power[pair.high] > 0.5 * energy * 2 / Float(4 * DTMFFilterBank.hopSamples)
    }

    /// Measures the pair over the time it has been there; nil when that is not long enough.
    ///
    /// There, at a hop, is an envelope of at least half of its maximum. The envelope at a hop belongs to the time
    /// half a window earlier.
    func measure(_ pair: Pair) -> DTMFMeasure? {
        let mask = DTMFFilterBank.memory - 1
        let powers = bank.powers.span
        let oldest = max(consumed, bank.hops - DTMFFilterBank.memory + DTMFFilterBank.shortWindow)
        var (lowPeak, highPeak): (Float, Float) = (0, 0)
        var hop = bank.hops - 1
        while hop >= max(oldest, bank.hops - 40) {
            lowPeak = max(lowPeak, powers[hop & mask][pair.low])
            highPeak = max(highPeak, powers[hop & mask][pair.high])
            hop -= 1
        }
        var (presence, gap, first) = (0, 0, bank.hops)
        // The latest stretch without a break that is long enough to measure.
        var (stretchEnd, stretchStart, isStretchOpen) = (bank.hops, bank.hops, true)
        hop = bank.hops - 1
        while hop >= oldest {
            let power = powers[hop & mask]
            if power[pair.low] >= lowPeak / 4 && power[pair.high] >= highPeak / 4 {
                if gap > 0 && stretchEnd - stretchStart < 16 { (stretchEnd, isStretchOpen) = (hop + 1, true) }
                (presence, gap, first) = (presence + 1, 0, hop)
                if isStretchOpen { stretchStart = hop }
            } else {
                gap += 1
                if stretchEnd - stretchStart >= 16 { isStretchOpen = false }
                if gap > Self.bridge { break }
            }
            hop -= 1
        }
        guard presence >= Self.neededPresence, stretchEnd - stretchStart >= 16 else { return nil }
        let half = DTMFFilterBank.shortWindow / 2
        let start = max(stretchStart - half + 2, stretchEnd + 3 - half - 34)
        return measure(pair, start, stretchEnd + 3 - half, first: first - half)
    }

    /// Measures the tones of hops `start..<end`.
    private func measure(_ pair: Pair, _ start: Int, _ end: Int, first: Int) -> DTMFMeasure {
        let length = end - start
        // Windows this far apart: the turn of phase between them is unambiguous up to the neighbouring frequencies.
        let (lowStep, highStep) = (length > 24 ? 10 : 6, 6)
        let low = tone(pair.low, start, length, step: lowStep)
        let high = tone(pair.high, start, length, step: highStep)
        var energy: Float = 0
        var total: Float = 0
        let energies = bank.energy.span
        for hop in 0..<length {
            let weight = DTMFFilterBank.weight(hop, of: length)
            energy += weight * energies[(start + hop) & (DTMFFilterBank.memory - 1)]
            total += weight * Float(DTMFFilterBank.hopSamples)
        }
        return DTMFMeasure(
            start: first,
            lowDeviation: low.deviation,
            highDeviation: high.deviation,
            lowPower: low.power,
            highPower: high.power,
            share: (low.power + high.power) / 2 * total / max(energy, 1)
        )
    }

    /// One tone by two windows that lie `step` hops apart within `length` hops.
    private func tone(_ lane: Int, _ start: Int, _ length: Int, step: Int) -> (deviation: Float, power: Float) {
        let window = length - step
        var (firstReal, firstImaginary, secondReal, secondImaginary): (Float, Float, Float, Float) = (0, 0, 0, 0)
        let mask = DTMFFilterBank.memory - 1
        let (real, imaginary) = (bank.real.span, bank.imaginary.span)
        for hop in 0..<window {
            let weight = DTMFFilterBank.weight(hop, of: window)
            let (one, other) = ((start + hop) & mask, (start + hop + step) & mask)
            firstReal += weight * real[one][lane]
            firstImaginary += weight * imaginary[one][lane]
            secondReal += weight * real[other][lane]
            secondImaginary += weight * imaginary[other][lane]
        }
        let turn = atan2(
            secondImaginary * firstReal - secondReal * firstImaginary,
            secondReal * firstReal + secondImaginary * firstImaginary
        )
        let offset = turn / (2 * .pi * Float(step) / 1000)
        // Hann's response off its middle, in periods per window.
        let periods = abs(offset) * Float(window) / 1000
        let response: Float =
            periods < 0.01 ? 1 : sin(.pi * periods) / (.pi * periods) / max(1 - periods * periods, 0.01)
        let scale = 4 / Float(window * DTMFFilterBank.hopSamples) / max(response, 0.4)
        let square =
            (firstReal * firstReal + firstImaginary * firstImaginary + secondReal * secondReal + secondImaginary
                * secondImaginary) / 2
        return (offset / Float(DTMFFilterBank.frequencies[lane]), square * scale * scale)
    }
}
