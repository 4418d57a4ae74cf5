// SPDX-License-Identifier: Apache-2.0

extension Resampler {
    /// Working memory on the stack, one block's input as floats.
    typealias Scratch = InlineArray<1024, Float>
    /// What vectors may read behind the last input of a block.
    static let overrun = 40

    /// Samples of history in front of the next block.
    private var held: Int { table.layout == .acrossOutputs ? table.history + position : table.history }

    mutating func run<Output: ResamplerOutput>(
        _ input: Span<Int16>,
        into output: inout MutableSpan<Output>
    ) -> ResamplerProgress {
        if table.layout == .copy { return Self.copy(input, into: &output) }
        var progress = ResamplerProgress(consumed: 0, produced: 0)
        while progress.consumed < input.count {
            let done = position * table.interpolation / table.decimation
            let room = output.count - progress.produced
            let allowed = ((done + room + 1) * table.decimation - 1) / table.interpolation - position
            let fitting = Scratch.count - Self.overrun - table.decimation - held
            let count = min(input.count - progress.consumed, allowed, fitting)
            if count <= 0 { break }
            let block = input.extracting(progress.consumed..<progress.consumed + count)
            let end = (position + count) * table.interpolation / table.decimation
            convert(block, outputs: done..<end, into: &output, at: progress.produced)
            remember(block)
            progress.consumed += count
            progress.produced += end - done
        }
        return progress
    }

    mutating func finish<Output: ResamplerOutput>(into output: inout MutableSpan<Output>) -> Int {
        let done = position * table.interpolation / table.decimation
        let rest = position * table.interpolation % table.decimation
        let produced = table.layout != .copy && rest * 2 >= table.decimation ? 1 : 0
        precondition(output.count >= produced, "flush needs room for one sample")
        convert(Span(), outputs: done..<done + produced, into: &output, at: 0)
        reset()
        return produced
    }

    /// Computes outputs, counted from the beginning of the unfinished group, from history and block.
    private func convert<Output: ResamplerOutput>(
        _ block: Span<Int16>,
        outputs: Range<Int>,
        into output: inout MutableSpan<Output>,
        at place: Int
    ) {
        if outputs.isEmpty { return }
        var memory = Scratch(repeating: 0)
        var scratch = memory.mutableSpan
        let total = held + block.count
        let streams = table.layout == .acrossOutputs ? table.decimation : 1
        let stride = (total + streams - 1) / streams
        let past = history.span.extracting(first: held)
        Self.spread(past, over: streams, stride: stride, from: 0, into: &scratch)
        Self.spread(block, over: streams, stride: stride, from: held, into: &scratch)
        if table.layout == .acrossOutputs {
            filterAcrossOutputs(scratch.span, stride: stride, outputs: outputs, into: &output, at: place)
        } else {
            filterAcrossTaps(scratch.span, outputs: outputs, into: &output, at: place)
        }
    }

    /// Keeps the end of history and block for the next block.
    private mutating func remember(_ block: Span<Int16>) {
        let old = held
        position = (position + block.count) % table.decimation
        let new = held
        let kept = max(new - block.count, 0)
        for index in 0..<kept { history[index] = history[old - kept + index] }
        let skipped = block.count - (new - kept)
        for index in kept..<new { history[index] = block[skipped + index - kept] }
    }

    /// Writes samples as floats, dealing them out to `streams` runs of `stride` floats; the first sample is number
    /// `first` of the deal.
    @inline(__always)
    private static func spread(
        _ samples: Span<Int16>,
        over streams: Int,
        stride: Int,
        from first: Int,
        into scratch: inout MutableSpan<Float>
    ) {
        precondition(streams * stride + overrun <= scratch.count)
        if streams == 1 {
            for index in samples.indices {
                // In bounds: `stride` is at least `first` and all samples.
                unsafe scratch[unchecked: first + index] = Float(samples[unchecked: index])
            }
            return
        }
        for stream in 0..<streams {
            var index = (stream - first % streams + streams) % streams
            var place = stream * stride + (first + index) / streams
            while index < samples.count {
                scratch[place] = Float(samples[index])
                place += 1
                index += streams
            }
        }
    }

    private static func copy<Output: ResamplerOutput>(
        _ input: Span<Int16>,
        into output: inout MutableSpan<Output>
    ) -> ResamplerProgress {
        let count = min(input.count, output.count)
        for index in 0..<count { output[index] = Output.sample(of: input[index]) }
        return ResamplerProgress(consumed: count, produced: count)
    }
}
