// SPDX-License-Identifier: Apache-2.0
internal import CAudioKernels

/// What a resampler can write: a sample type made of a vector of filter sums on the 16-bit scale.
protocol ResamplerOutput: SIMDScalar, BitwiseCopyable, Hashable, Codable {
    static func samples(of sums: SIMD8<Float>) -> SIMD8<Self>
    static func sample(of input: Int16) -> Self
    /// Sets where a kernel writes.
    @unsafe
    static func aim(_ block: inout audio_kernels_block, at target: UnsafeMutablePointer<Self>)
}

extension Int16: ResamplerOutput {
    /// Rounds to the nearest integer, ties to even, and saturates.
    @inline(__always)
    static func samples(of sums: SIMD8<Float>) -> SIMD8<Int16> {
        let high = SIMD8<Float>(repeating: 32767)
        let low = SIMD8<Float>(repeating: -32768)
        var clamped = sums.replacing(with: high, where: sums .> high)
        clamped.replace(with: low, where: clamped .< low)
        // 1.5 · 2^23 moves the unit to the last bit of the fraction, which rounds; `rounded()` on vectors calls a
        // library routine per lane on processors without SSE4.1.
        let shifted = clamped + SIMD8<Float>(repeating: 12_582_912)
        let bits = unsafe unsafeBitCast(shifted, to: SIMD8<UInt32>.self)
        return SIMD8<Int16>(truncatingIfNeeded: bits)
    }

    static func sample(of input: Int16) -> Int16 { input }

    @unsafe
    @inline(__always)
    static func aim(_ block: inout audio_kernels_block, at target: UnsafeMutablePointer<Int16>) {
        unsafe block.samples = target
    }
}

extension Float: ResamplerOutput {
    @inline(__always)
    static func samples(of sums: SIMD8<Float>) -> SIMD8<Float> { sums }

    static func sample(of input: Int16) -> Float { Float(input) }

    @unsafe
    @inline(__always)
    static func aim(_ block: inout audio_kernels_block, at target: UnsafeMutablePointer<Float>) {
        unsafe block.sums = target
    }
}
