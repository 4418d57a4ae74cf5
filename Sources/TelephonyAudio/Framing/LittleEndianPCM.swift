// SPDX-License-Identifier: Apache-2.0

/// 16-bit little-endian PCM bytes (`s16le`) to samples, for a stream whose messages may split a sample.
///
/// An odd last byte is kept and joined to the first byte of the next message, so that one odd message neither loses
/// a sample nor turns the rest of the stream into noise.
package struct LittleEndianPCM: Sendable {
    private var carried: UInt8?
    /// Messages that ended inside a sample: each one left a byte to carry.
    package private(set) var danglingBytes = 0

    /// A decoder at the beginning of a stream.
    package init() {}

    /// True when the first byte of a sample waits for its second.
    package var isInsideSample: Bool { carried != nil }

    /// The number of samples `decode` writes for a message of `byteCount` bytes.
    package func sampleCount(for byteCount: Int) -> Int { (byteCount + (carried == nil ? 0 : 1)) / 2 }

    /// Writes the samples that `bytes` completes to the beginning of `samples` and returns how many.
    ///
    /// `samples` must have room for `sampleCount(for: bytes.count)`.
    package mutating func decode(_ bytes: Span<UInt8>, into samples: inout MutableSpan<Int16>) -> Int {
        let total = sampleCount(for: bytes.count)
        precondition(samples.count >= total, "room for \(samples.count) samples, \(total) needed")
        var place = 0
        var index = 0
        if let low = carried, !bytes.isEmpty {
            samples[0] = Self.sample(low, bytes[0])
            carried = nil
            place = 1
            index = 1
        }
        let end = index + (bytes.count - index) / 2 * 2
        var room = samples._mutatingExtracting(place..<samples.count)
        Self.decode(bytes.extracting(index..<end), into: &room)
        if end < bytes.count {
            carried = bytes[end]
            danglingBytes += 1
        }
        return total
    }

    /// Writes the samples of an even number of bytes to the beginning of `samples`, which must have room for them.
    package static func decode(_ bytes: Span<UInt8>, into samples: inout MutableSpan<Int16>) {
        let count = bytes.count / 2
        precondition(samples.count >= count, "room for \(samples.count) samples, \(count) needed")
        let pairs = unsafe bytes.bytes
        for index in 0..<count {
            // Both ends were compared above.
            let bits = unsafe pairs.unsafeLoadUnaligned(fromUncheckedByteOffset: index &* 2, as: UInt16.self)
            unsafe samples[unchecked: index] = Int16(bitPattern: UInt16(littleEndian: bits))
        }
    }

    /// Ends the stream and forgets a carried byte; true when there was one, which is then lost.
    @discardableResult
    package mutating func finish() -> Bool {
        defer { carried = nil }
        return carried != nil
    }

    /// Writes two bytes for each sample to the beginning of `bytes`, which must have room for them.
    package static func encode(_ samples: Span<Int16>, into bytes: inout MutableSpan<UInt8>) {
        precondition(bytes.count >= samples.count * 2, "room for \(bytes.count) bytes, \(samples.count * 2) needed")
        for index in samples.indices {
            // Both ends were compared above.
            let bits = unsafe UInt16(bitPattern: samples[unchecked: index])
            unsafe bytes[unchecked: 2 &* index] = UInt8(truncatingIfNeeded: bits)
            unsafe bytes[unchecked: 2 &* index &+ 1] = UInt8(truncatingIfNeeded: bits >> 8)
        }
    }

    @inline(__always)
    private static func sample(_ low: UInt8, _ high: UInt8) -> Int16 {
        Int16(bitPattern: UInt16(low) | UInt16(high) << 8)
    }
}
