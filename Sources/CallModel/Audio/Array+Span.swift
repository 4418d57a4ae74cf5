// SPDX-License-Identifier: Apache-2.0

extension Array where Element: BitwiseCopyable {
    /// Appends a copy of a span's elements, in one piece.
    @inlinable
    package mutating func append(copying elements: Span<Element>) {
        // The buffer is read before the call returns.
        unsafe elements.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }

    /// Appends an element so many times, in one piece.
    @inlinable
    package mutating func append(_ element: Element, times count: Int) {
        append(addingCapacity: count) { $0.append(repeating: element, count: count) }
    }
}
