// SPDX-License-Identifier: Apache-2.0
internal import CAudioKernels

/// The sum of some samples and that of their squares, both exact.
package struct SampleSums: Equatable, Sendable {
    /// Number of samples.
    package let count: Int
    /// Their sum.
    package private(set) var sum: Int64 = 0
    /// The sum of their squares.
    package private(set) var squares: Int64 = 0

    private static let usesKernel = audio_kernels_available() != 0

    /// The sums of these samples; `plainly` leaves the vector kernels aside, which gives the same.
    package init(_ samples: Span<Int16>, plainly: Bool = false) {
        count = samples.count
        guard Self.usesKernel, !plainly else {
            addPlainly(samples)
            return
        }
        // The pointer is not kept.
        unsafe samples.withUnsafeBufferPointer { samples in
            guard let first = samples.baseAddress else { return }
            unsafe audio_kernels_sums(first, samples.count, &sum, &squares)
        }
    }

    private mutating func addPlainly(_ samples: Span<Int16>) {
        for index in samples.indices {
            let sample = Int64(samples[index])
            sum &+= sample
            squares &+= sample &* sample
        }
    }

    /// The power of the samples about their mean, on the 16-bit scale; 0 for none.
    package var power: Float {
        guard count > 0 else { return 0 }
        let mean = Double(sum) / Double(count)
        return Float(max(0, Double(squares) / Double(count) - mean * mean))
    }
}
