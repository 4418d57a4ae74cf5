// SPDX-License-Identifier: Apache-2.0

extension Array where Element: BitwiseCopyable {
    /// Appends a copy of a span's elements, in one piece.
    @inlinable
    package mutating func append(copying elements: Span<Element>) {
        // The buffer is read before the call returns.
        unsafe elements.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
