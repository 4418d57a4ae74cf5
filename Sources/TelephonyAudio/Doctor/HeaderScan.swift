// SPDX-License-Identifier: Apache-2.0

/// Looks for the beginning of a WAV file in a stream of bytes, however it is cut up.
struct HeaderScan: Sendable {
    /// The last twelve bytes, the newest lowest.
    private var window: (high: UInt32, low: UInt64) = (0, 0)
    private var count = 0

    /// Byte at which the first header begins.
    private(set) var offset: Int?

    mutating func add(_ byte: UInt8) {
        window.high = window.high << 8 | UInt32(truncatingIfNeeded: window.low >> 56)
        window.low = window.low << 8 | UInt64(byte)
        count += 1
        // "RIFF", four bytes of length, "WAVE".
        let isHeader = window.high == 0x5249_4646 && UInt32(truncatingIfNeeded: window.low) == 0x5741_5645
        if isHeader && offset == nil { offset = count - 12 }
    }
}
