// SPDX-License-Identifier: Apache-2.0

/// Brings a stream of another rate to 8 kHz for a detector that works there, in a buffer allocated once.
struct NarrowbandConverter: Sendable {
    /// Most input samples of one step: 20 ms.
    private let step: Int
    private var resampler: Resampler
    /// Room for a step; its first `count` samples are what the last one gave.
    private(set) var buffer: [Int16]
    private(set) var count = 0

    /// A converter for one stream, nil when it is at 8 kHz already.
    init?(from rate: SampleRate) {
        guard rate != .hz8000 else { return nil }
        resampler = Resampler(from: rate, to: .hz8000)
        step = rate.samplesPer20Milliseconds
        buffer = [Int16](repeating: 0, count: resampler.maximumOutput(for: step))
    }

    /// Converts the beginning of the input and returns how many samples of it were taken.
    mutating func convert(_ input: Span<Int16>) -> Int {
        let part = input.extracting(0..<min(step, input.count))
        // Taken out for the time of writing, so that it and the resampler can change together.
        var buffer: [Int16] = []
        swap(&buffer, &self.buffer)
        defer { swap(&buffer, &self.buffer) }
        var output = buffer.mutableSpan
        let progress = resampler.process(part, into: &output)
        count = progress.produced
        return progress.consumed
    }
}
