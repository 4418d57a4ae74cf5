// SPDX-License-Identifier: Apache-2.0
internal import CAudioKernels

extension G711 {
    private static let muLawSamples = (0...255).map { decodeMuLaw(UInt8($0)) }
    private static let aLawSamples = (0...255).map { decodeALaw(UInt8($0)) }

    /// The linear sample of each of the 256 codes.
    package var samplesByCode: [Int16] {
        switch self {
        case .muLaw: Self.muLawSamples
        case .aLaw: Self.aLawSamples
        }
    }

    /// Writes the linear sample of each code to the same place of `samples`.
    ///
    /// `samples` must have room for all codes; what lies behind them is left alone.
    package func decode(_ codes: Span<UInt8>, into samples: inout MutableSpan<Int16>) {
        precondition(samples.count >= codes.count, "room for \(samples.count) samples, \(codes.count) needed")
        if Self.usesKernel {
            unsafe decodeByKernel(codes, into: &samples)
            return
        }
        decodePlainly(codes, into: &samples)
    }

    /// The form of ``decode(_:into:)`` for every processor.
    func decodePlainly(_ codes: Span<UInt8>, into samples: inout MutableSpan<Int16>) {
        switch self {
        case .muLaw: Self.lookUp(codes, in: Self.muLawSamples, into: &samples)
        case .aLaw: Self.lookUp(codes, in: Self.aLawSamples, into: &samples)
        }
    }

    /// Writes the code of each linear sample to the same place of `codes`.
    ///
    /// `codes` must have room for all samples; what lies behind them is left alone.
    package func encode(_ samples: Span<Int16>, into codes: inout MutableSpan<UInt8>) {
        precondition(codes.count >= samples.count, "room for \(codes.count) codes, \(samples.count) needed")
        if Self.usesKernel {
            unsafe encodeByKernel(samples, into: &codes)
            return
        }
        encodePlainly(samples, into: &codes)
    }

    /// The form of ``encode(_:into:)`` for every processor.
    func encodePlainly(_ samples: Span<Int16>, into codes: inout MutableSpan<UInt8>) {
        // The caller compared the counts; checking each again keeps the loops from becoming vector code.
        switch self {
        case .muLaw:
            for index in samples.indices {
                unsafe codes[unchecked: index] = Self.encodeMuLaw(samples[unchecked: index])
            }
        case .aLaw:
            for index in samples.indices {
                unsafe codes[unchecked: index] = Self.encodeALaw(samples[unchecked: index])
            }
        }
    }

    private static let usesKernel = audio_kernels_available() != 0

    @unsafe
    private func decodeByKernel(_ codes: Span<UInt8>, into samples: inout MutableSpan<Int16>) {
        unsafe codes.withUnsafeBufferPointer { codes in
            unsafe samples.withUnsafeMutableBufferPointer { samples in
                guard let source = codes.baseAddress, let target = samples.baseAddress else { return }
                switch self {
                case .muLaw: unsafe audio_kernels_decode_mu_law(source, target, codes.count)
                case .aLaw: unsafe audio_kernels_decode_a_law(source, target, codes.count)
                }
            }
        }
    }

    @unsafe
    private func encodeByKernel(_ samples: Span<Int16>, into codes: inout MutableSpan<UInt8>) {
        unsafe samples.withUnsafeBufferPointer { samples in
            unsafe codes.withUnsafeMutableBufferPointer { codes in
                guard let source = samples.baseAddress, let target = codes.baseAddress else { return }
                switch self {
                case .muLaw: unsafe audio_kernels_encode_mu_law(source, target, samples.count)
                case .aLaw: unsafe audio_kernels_encode_a_law(source, target, samples.count)
                }
            }
        }
    }

    @inline(__always)
    private static func lookUp(_ codes: Span<UInt8>, in table: [Int16], into samples: inout MutableSpan<Int16>) {
        let table = table.span
        precondition(table.count == 256)
        for index in codes.indices {
            // A byte cannot leave a table of 256, and the caller compared the counts.
            unsafe samples[unchecked: index] = table[unchecked: Int(codes[unchecked: index])]
        }
    }
}
