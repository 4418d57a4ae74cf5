// SPDX-License-Identifier: Apache-2.0

/// A streaming sample-rate converter for one stream: a minimum-phase polyphase filter that keeps its history from
/// chunk to chunk.
///
/// After n input samples exactly ⌊n · to / from⌋ output samples have been written, whatever the chunks were, so that
/// 20 ms in are always 20 ms out; `flush` adds the one sample that rounding may leave, for a total of n · to / from
/// rounded to nearest. The output is the same to the bit for every chunking of the same input.
///
/// Nothing is held back and nothing is trimmed: the filter's delay of about a third of a millisecond
/// (`outputDelay`) stays in the stream, so output k belongs to input time k · from / to less that delay, and the
/// last `outputDelay` samples' worth of content would need that much silence behind it to come out whole.
///
/// A value is the state of one stream, under 2 KB with its history; coefficients are shared by all streams of a
/// pair. Copying a value forks the stream. Use one per direction and call, never one for two streams.
package struct Resampler: Sendable {
    let table: ResamplerTable
    /// The last input samples, earliest first: `table.history` of them and those of the unfinished group.
    var history: [Int16]
    /// Input samples since the last input time that fell on an output: n modulo M.
    var position = 0
    /// Whether the vector kernels do the work.
    let usesKernel: Bool

    /// A stream at its beginning, with silence before it.
    ///
    /// The first converter of a pair of rates computes that pair's tables, some milliseconds; make one at start-up
    /// for the pairs a server needs.
    ///
    /// Where the processor has AVX2, kernels for it do the work; `plainly` leaves them aside, which gives the same
    /// bits at two to three times the cost, and is there to show that it does.
    package init(from source: SampleRate, to target: SampleRate, plainly: Bool = false) {
        table = ResamplerTables.table(from: source, to: target)
        usesKernel = ResamplerTable.kernelIsAvailable && !plainly
        history = [Int16](repeating: 0, count: Self.historyCapacity(of: table))
    }

    /// Rate of the input.
    package var source: SampleRate { table.source }
    /// Rate of the output.
    package var target: SampleRate { table.target }

    /// By how many output samples content comes later than its place, at 1 kHz, rounded to nearest.
    package var outputDelay: Int { Int(table.delay.rounded()) }

    /// The number of samples `process` writes for the next `inputCount` samples.
    package func outputCount(for inputCount: Int) -> Int {
        (position + inputCount) * table.interpolation / table.decimation
            - position * table.interpolation / table.decimation
    }

    /// The largest number of samples `process` ever writes for `inputCount` samples, wherever the stream stands;
    /// enough for `flush` too when `inputCount` is at least one.
    package func maximumOutput(for inputCount: Int) -> Int {
        (inputCount * table.interpolation + table.decimation - 1) / table.decimation
    }

    /// Converts samples and writes the result to the beginning of `output`.
    ///
    /// All input is consumed when `output` has room for `outputCount(for: input.count)`; otherwise as much as the
    /// room allows, and the caller comes again with the rest. Sums are rounded to nearest and saturated.
    package mutating func process(_ input: Span<Int16>, into output: inout MutableSpan<Int16>) -> ResamplerProgress {
        run(input, into: &output)
    }

    /// The same without rounding or saturation, on the 16-bit scale (±32768), for stages that go on in float.
    package mutating func process(_ input: Span<Int16>, into output: inout MutableSpan<Float>) -> ResamplerProgress {
        run(input, into: &output)
    }

    /// Ends the stream: writes the at most one sample that makes the total exact, and resets.
    ///
    /// Returns the number of samples written. `output` must have room for one.
    package mutating func flush(into output: inout MutableSpan<Int16>) -> Int {
        finish(into: &output)
    }

    /// The same for a stream of float output.
    package mutating func flush(into output: inout MutableSpan<Float>) -> Int {
        finish(into: &output)
    }

    /// Goes back to the beginning of a stream, with silence before it.
    package mutating func reset() {
        position = 0
        for index in history.indices { history[index] = 0 }
    }

    /// Bytes a stream owns: this value and its history.
    package var stateBytes: Int { MemoryLayout<Resampler>.size + 32 + history.capacity * MemoryLayout<Int16>.stride }

    private static func historyCapacity(of table: ResamplerTable) -> Int {
        switch table.layout {
        case .copy: 0
        case .acrossOutputs: table.history + table.decimation - 1
        case .acrossTaps: table.history
        }
    }
}
