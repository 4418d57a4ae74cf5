// SPDX-License-Identifier: Apache-2.0

extension OutputRawSpan {
    /// Appends a copy of bytes, for which there must be room.
    @inline(__always)
    mutating func append(_ bytes: Span<UInt8>) {
        unsafe withUnsafeMutableBytes { whole, count in
            precondition(whole.count &- count >= bytes.count, "room for \(bytes.count) bytes")
            guard let start = whole.baseAddress else { return }
            // Inside by the line above.
            unsafe bytes.withUnsafeBytes { source in
                guard let first = source.baseAddress else { return }
                unsafe (start + count).copyMemory(from: first, byteCount: source.count)
            }
            count &+= bytes.count
        }
    }
}
