// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Keeps a stream below a ceiling, and leaves alone what is below it anyway.
///
/// It looks 2 ms ahead, by which the output is late: the gain needed at a peak is reached on a straight line before
/// the peak comes, and released with 80 ms. A gain that holds for every sample of a window, averaged over that
/// window, holds for the sample at its end: no sample passes the ceiling, by construction. Below the ceiling the gain
/// is exactly 1. Nothing is allocated after `init`.
package struct Limiter: Sendable {
    private let ceiling: Float
    private let release: Float
    private let window: Int
    private var delayed: [Float]
    private var needed: [Float]
    private var averaged: [Float]
    private var place = 0
    private var held: Float = 1
    /// Samples whose gain was below 1 within the two windows that matter; 0 means the line is idle.
    private var busy = 0

    /// A limiter for one stream.
    ///
    /// - Parameters:
    ///   - decibels: the ceiling in dBFS, −40…0.
    ///   - rate: hertz.
    package init(ceiling decibels: Double = -1, rate: Int) {
        ceiling = Float((32767 * pow(10, min(max(decibels, -40), 0) / 20)).rounded(.down))
        release = 1 - exp(-1 / (0.08 * Float(rate)))
        window = max(rate / 500, 1)
        delayed = [Float](repeating: 0, count: window)
        needed = [Float](repeating: 1, count: window)
        averaged = [Float](repeating: 1, count: window)
    }

    /// By how many samples the output is late: 2 ms.
    package var outputDelay: Int { window - 1 }
    /// The gain of the last sample, 0…1.
    package private(set) var gain: Float = 1

    /// Replaces samples by the limited ones of `outputDelay` samples ago.
    package mutating func process(_ samples: inout MutableSpan<Int16>) {
        for index in samples.indices { samples[index] = Int16(next(Float(samples[index]))) }
    }

    /// The same on the 16-bit scale in float, for sums that have left the range of 16 bits.
    package mutating func process(_ samples: Span<Float>, into output: inout MutableSpan<Int16>) {
        precondition(output.count >= samples.count, "room for \(output.count) samples, \(samples.count) needed")
        for index in samples.indices { output[index] = Int16(next(samples[index])) }
    }

    @inline(__always)
    private mutating func next(_ sample: Float) -> Float {
        let wanted = abs(sample) > ceiling ? ceiling / abs(sample) : 1
        if wanted < 1 { busy = 2 * window }
        delayed[place] = sample
        needed[place] = wanted
        let oldest = place + 1 == window ? 0 : place + 1
        if busy > 0 || held < 1 { limit() } else { gain = 1 }
        averaged[place] = held
        place = oldest
        return min(max((delayed[oldest] * gain).rounded(.towardZero), -ceiling), ceiling)
    }

    private mutating func limit() {
        busy = max(busy - 1, 0)
        var smallest: Float = 1
        for value in needed.span.indices { smallest = min(smallest, needed[value]) }
        held = smallest < held ? smallest : min(smallest, held + (1 - held) * release)
        if held > 0.9999 && smallest == 1 { held = 1 }
        averaged[place] = held
        var sum: Float = 0
        for value in averaged.span.indices { sum += averaged[value] }
        gain = sum / Float(window)
    }
}
