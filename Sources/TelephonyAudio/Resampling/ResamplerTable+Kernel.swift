// SPDX-License-Identifier: Apache-2.0
internal import CAudioKernels

extension ResamplerTable {
    /// Whether this processor can run the vector kernels.
    static let kernelIsAvailable = audio_kernels_available() != 0

    static func kernelSegments(_ segments: [Segment]) -> [audio_kernels_segment] {
        segments.map {
            audio_kernels_segment(
                coefficient: Int32($0.coefficient),
                count: Int32($0.count),
                stream: Int32($0.stream),
                start: Int32($0.start)
            )
        }
    }

    /// Lends the table in the kernels' form.
    @unsafe
    @inline(__always)
    func withKernelFilter(_ body: (UnsafePointer<audio_kernels_filter>) -> Void) {
        unsafe coefficients.withUnsafeBufferPointer { coefficients in
            unsafe kernelSegments.withUnsafeBufferPointer { segments in
                unsafe kernelOffsets.withUnsafeBufferPointer { offsets in
                    guard let coefficient = coefficients.baseAddress else { return }
                    var filter = unsafe audio_kernels_filter(
                        segments: segments.baseAddress,
                        offsets: offsets.baseAddress,
                        coefficients: coefficient,
                        interpolation: Int32(interpolation),
                        decimation: Int32(decimation),
                        taps: Int32(taps),
                        history: Int32(history)
                    )
                    unsafe body(&filter)
                }
            }
        }
    }
}
