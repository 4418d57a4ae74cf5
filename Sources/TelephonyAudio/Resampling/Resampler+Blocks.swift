// SPDX-License-Identifier: Apache-2.0

extension Resampler {
    /// What vectors may read behind the last input of a block.
    static let overrun = 40
    /// Floats of working memory on the stack: little for little chunks, because it has to be cleared.
    static let (littleScratch, someScratch, muchScratch) = (384, 768, 1536)

    /// Samples of history in front of the next block.
    var held: Int { table.layout == .acrossOutputs ? table.history + position : table.history }

    /// The most samples of history and input that one block may take.
    private var capacity: Int {
        usesKernel ? Self.kernelCapacity : Self.muchScratch - Self.overrun - roundingUp
    }

    /// What dealing samples out to streams of equal length may take besides them.
    var roundingUp: Int { table.layout == .acrossOutputs ? table.decimation : 0 }

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
            let count = min(input.count - progress.consumed, allowed, capacity - held)
            if count <= 0 { break }
            let block = input.extracting(progress.consumed..<progress.consumed + count)
            let end = (position + count) * table.interpolation / table.decimation
            convert(block, outputs: done..<end, into: &output, at: progress.produced)
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
        if produced > 0 { convert(Span(), outputs: done..<done + 1, into: &output, at: 0) }
        reset()
        return produced
    }

    /// Computes outputs, counted from the beginning of the unfinished group, from history and block, and keeps the end
    /// of both for the next block.
    @inline(__always)
    private mutating func convert<Output: ResamplerOutput>(
        _ block: Span<Int16>,
        outputs: Range<Int>,
        into output: inout MutableSpan<Output>,
        at place: Int
    ) {
        if usesKernel {
            convertByKernel(block, outputs: outputs, into: &output, at: place)
        } else {
            convertPlainly(block, outputs: outputs, into: &output, at: place)
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
