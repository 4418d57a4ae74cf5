// SPDX-License-Identifier: Apache-2.0
internal import CAudioKernels

extension Resampler {
    static let kernelCapacity = Int(audio_kernels_capacity)

    /// The work of ``convertPlainly(_:outputs:into:at:)`` by the vector kernels, to the same bits.
    mutating func convertByKernel<Output: ResamplerOutput>(
        _ block: Span<Int16>,
        outputs: Range<Int>,
        into output: inout MutableSpan<Output>,
        at place: Int
    ) {
        let table = table
        let held = held
        let next = (position + block.count) % table.decimation
        let kept = table.layout == .acrossOutputs ? table.history + next : table.history
        // What the kernels read and write lies inside: the counts are checked here, the filter's when it was made.
        precondition(held <= history.count && kept <= history.count && kept <= held + block.count)
        precondition(held + block.count <= Self.kernelCapacity && place + outputs.count <= output.count)
        let isAcrossOutputs = table.layout == .acrossOutputs
        let position = position
        unsafe history.withUnsafeMutableBufferPointer { history in
            unsafe block.withUnsafeBufferPointer { input in
                unsafe output.withUnsafeMutableBufferPointer { output in
                    unsafe table.withKernelFilter { filter in
                        // An empty input or output may have no address; nothing is read or written there then.
                        guard let past = history.baseAddress else { return }
                        var work = unsafe audio_kernels_block(
                            history: past,
                            held: Int32(held),
                            kept: Int32(kept),
                            input: input.baseAddress ?? UnsafePointer(past),
                            count: Int32(input.count),
                            position: Int32(position),
                            first: Int32(outputs.lowerBound),
                            end: Int32(outputs.upperBound),
                            samples: nil,
                            sums: nil
                        )
                        if let target = output.baseAddress {
                            unsafe Output.aim(&work, at: target + place)
                        }
                        if isAcrossOutputs {
                            unsafe audio_kernels_across_outputs(filter, &work)
                        } else {
                            unsafe audio_kernels_across_taps(filter, &work)
                        }
                    }
                }
            }
        }
        self.position = next
    }
}
