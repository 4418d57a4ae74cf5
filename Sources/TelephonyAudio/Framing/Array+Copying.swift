// SPDX-License-Identifier: Apache-2.0

extension Array where Element: BitwiseCopyable {
    /// Writes a copy of `elements` to the places from `start` on, in one piece; all of them must be inside.
    package mutating func overwrite(from start: Int, copying elements: Span<Element>) {
        precondition(start >= 0 && elements.count <= count - start, "\(elements.count) at \(start) of \(count)")
        // Neither pointer is kept, and who writes here holds no span of it.
        unsafe elements.withUnsafeBufferPointer { source in
            unsafe withUnsafeMutableBufferPointer { target in
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                unsafe (to + start).update(from: from, count: source.count)
            }
        }
    }

    /// Moves the `count` elements from `start` on to the beginning.
    package mutating func moveToFront(_ count: Int, from start: Int) {
        precondition(start >= 0 && count >= 0 && count <= self.count - start, "\(count) at \(start) of \(self.count)")
        unsafe withUnsafeMutableBufferPointer { all in
            guard let first = all.baseAddress else { return }
            unsafe first.update(from: first + start, count: count)
        }
    }
}
