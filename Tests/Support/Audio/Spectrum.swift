// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Looks at single frequencies of a stretch of signal in which every tone has a whole number of periods.
package struct Spectrum {
    /// The signal.
    package let samples: [Double]
    /// Its rate in hertz.
    package let rate: Int

    package init(_ samples: [Double], rate: Int) {
        self.samples = samples
        self.rate = rate
    }

    /// The tone at a frequency: correlation with a sine and a cosine over the whole stretch.
    package func tone(at frequency: Double) -> Tone {
        let step = 2 * Double.pi * frequency / Double(rate)
        var (sine, cosine) = (0.0, 0.0)
        // The rotation is started anew now and then so that its error does not grow.
        var index = 0
        while index < samples.count {
            var (real, imaginary) = (cos(step * Double(index)), sin(step * Double(index)))
            let (stepReal, stepImaginary) = (cos(step), sin(step))
            for place in index..<min(index + 512, samples.count) {
                sine += samples[place] * imaginary
                cosine += samples[place] * real
                (real, imaginary) = (
                    real * stepReal - imaginary * stepImaginary, real * stepImaginary + imaginary * stepReal
                )
            }
            index += 512
        }
        let scale = 2 / Double(samples.count)
        let amplitude = (sine * sine + cosine * cosine).squareRoot() * scale
        return Tone(frequency: frequency, amplitude: amplitude, phase: atan2(cosine, sine))
    }

    /// Power of the tone over power of everything else, in decibels.
    package func signalToNoiseAndDistortion(at frequency: Double) -> Double {
        let found = tone(at: frequency)
        let mean = samples.reduce(0, +) / Double(samples.count)
        let ideal = Tone.sum(of: [found], rate: rate, count: samples.count)
        let noise = zip(samples, ideal).reduce(0) { sum, pair in
            let rest = pair.0 - pair.1 - mean
            return sum + rest * rest
        }
        return 10 * log10(found.amplitude * found.amplitude / 2 * Double(samples.count) / noise)
    }
}
