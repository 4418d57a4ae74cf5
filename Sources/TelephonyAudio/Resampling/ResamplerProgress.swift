// SPDX-License-Identifier: Apache-2.0

/// What one call of a resampler did, in samples.
package struct ResamplerProgress: Equatable, Sendable {
    /// Input samples taken, from the beginning of the input.
    package var consumed: Int
    /// Output samples written, from the beginning of the output.
    package var produced: Int

    package init(consumed: Int, produced: Int) {
        self.consumed = consumed
        self.produced = produced
    }
}
