// SPDX-License-Identifier: Apache-2.0

package import NIOCore

// Between the text of a message and 16-bit samples without a buffer in between; the rules are those of bytes.

extension Base64 {
    /// Room in samples that a text of so many characters needs, whatever it holds.
    package static func samplesNeeded(forCharacters count: Int, bytesPerSample: Int) -> Int {
        (maximumDecodedLength(ofCharacters: count) + bytesPerSample - 1) / bytesPerSample
    }

    /// Decodes 16-bit little-endian samples to the beginning of `samples`, which needs
    /// ``samplesNeeded(forCharacters:bytesPerSample:)``.
    ///
    /// - Returns: number of *bytes*; an odd one means that half a sample follows in the next message of the stream, and
    ///   is the low byte of the sample behind the last whole one.
    package static func decode(
        _ text: Span<UInt8>,
        intoLinear16 samples: inout MutableSpan<Int16>
    ) throws(Base64Error) -> Int {
        var bytes = unsafe samples.mutableBytes
        let count = try decode(text, into: &bytes)
        #if _endian(big)
        for index in 0..<(count + 1) / 2 { samples[index] = Int16(littleEndian: samples[index]) }
        #endif
        return count
    }

    /// Decodes codes of one byte, such as G.711's, to the samples that a table of 256 gives them, at the beginning of
    /// `samples`, which needs ``samplesNeeded(forCharacters:bytesPerSample:)``.
    ///
    /// - Returns: number of samples.
    package static func decode(
        _ text: Span<UInt8>,
        codes table: Span<Int16>,
        into samples: inout MutableSpan<Int16>
    ) throws(Base64Error) -> Int {
        precondition(table.count == 256, "a table of \(table.count) for a byte")
        // The codes go to the rear half and are taken from there front to back: sample i ends before code i + 1 begins
        // for as long as i is below the middle, where the two meet.
        let middle = samples.count
        var bytes = unsafe samples.mutableBytes
        var rear = bytes._mutatingExtracting(middle..<2 * middle)
        let count = try decode(text, into: &rear)
        for index in 0..<count {
            // Inside: `count` is at most `middle`, and a byte cannot leave a table of 256.
            let code = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: middle &+ index, as: UInt8.self)
            let sample = unsafe table[unchecked: Int(code)]
            unsafe bytes.storeBytes(of: sample, toUncheckedByteOffset: 2 &* index, as: Int16.self)
        }
        return count
    }
}

extension ByteBuffer {
    /// Writes samples as base64 of 16-bit little-endian ones.
    package mutating func writeBase64(linear16 samples: Span<Int16>) {
        #if _endian(big)
        writeBase64(of: samples, bytesPerSample: 2) { samples, bytes in
            for index in samples.indices {
                bytes[2 * index] = UInt8(truncatingIfNeeded: samples[index])
                bytes[2 * index + 1] = UInt8(truncatingIfNeeded: samples[index] >> 8)
            }
        }
        #else
        let length = Base64.encodedLength(ofBytes: 2 * samples.count)
        writeWithOutputRawSpan(minimumWritableBytes: length) { output in
            unsafe Base64.encode(samples.bytes, into: &output)
        }
        #endif
    }

    /// Writes samples as base64 of what `encode` makes of them, a little at a time, at most two bytes a sample.
    package mutating func writeBase64(
        of samples: Span<Int16>,
        bytesPerSample: Int = 1,
        encode: (Span<Int16>, inout MutableSpan<UInt8>) -> Void
    ) {
        let length = Base64.encodedLength(ofBytes: bytesPerSample * samples.count)
        writeWithOutputRawSpan(minimumWritableBytes: length) { output in
            // Whole groups of three bytes, so that the pieces join without padding.
            var memory = InlineArray<480, UInt8>(repeating: 0)
            var start = 0
            while start < samples.count {
                let count = min(samples.count - start, 480 / bytesPerSample / 3 * 3)
                var bytes = memory.mutableSpan
                encode(samples.extracting(start..<start + count), &bytes)
                unsafe Base64.encode(bytes.span.extracting(first: count * bytesPerSample).bytes, into: &output)
                start += count
            }
        }
    }
}
