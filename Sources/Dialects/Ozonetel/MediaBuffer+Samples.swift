// SPDX-License-Identifier: Apache-2.0

extension MediaBuffer {
    /// Takes samples that stand as numbers in a JSON array, little-endian, in place of what the buffer held.
    ///
    /// What lies beyond 16 bits is held at their ends, and what stands after a decimal point is cut off.
    ///
    /// - Returns: false, with nothing taken, when one of the values is no number.
    mutating func replace(withSamplesAt place: JSONPlace, of document: JSONDocument, in text: Span<UInt8>) -> Bool {
        clear(makingRoomFor: document.bytes(at: place).count)
        var target = storage.mutableSpan
        var count = 0
        var child = document.firstChild(of: place)
        while let current = child {
            guard document.kind(at: current) == .number, let number = document.wholeNumber(at: current, in: text) else {
                setCount(0)
                return false
            }
            let sample = UInt16(bitPattern: Int16(clamping: number.value))
            target[count] = UInt8(truncatingIfNeeded: sample)
            target[count + 1] = UInt8(truncatingIfNeeded: sample >> 8)
            count += 2
            child = document.sibling(after: current, of: place)
        }
        setCount(count)
        return true
    }
}
