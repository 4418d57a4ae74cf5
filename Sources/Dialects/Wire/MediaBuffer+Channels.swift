// SPDX-License-Identifier: Apache-2.0

extension MediaBuffer {
    /// Takes the first of two interleaved channels in place of what the buffer held.
    ///
    /// - Parameters:
    ///   - bytes: sample by sample, the first channel's before the second's; what is short of both is left out.
    ///   - bytesPerSample: bytes of one sample of one channel.
    mutating func replace(withFirstChannelOf bytes: Span<UInt8>, bytesPerSample: Int) {
        let pairs = bytes.count / (2 * bytesPerSample)
        clear(makingRoomFor: pairs * bytesPerSample)
        var target = storage.mutableSpan
        for pair in 0..<pairs {
            for byte in 0..<bytesPerSample {
                target[pair * bytesPerSample + byte] = bytes[2 * pair * bytesPerSample + byte]
            }
        }
        setCount(pairs * bytesPerSample)
    }
}
