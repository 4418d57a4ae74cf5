// SPDX-License-Identifier: Apache-2.0

/// Looks for the beginning of a WAV file in a stream of bytes, however it is cut up.
struct HeaderScan: Sendable {
    /// Bytes from "RIFF" to "WAVE".
    private static let length = 12

    /// The last twelve bytes, the newest lowest, while a header may have begun among them.
    private var window: (high: UInt32, low: UInt64) = (0, 0)
    private var mayHaveBegun = false
    private var count = 0

    /// Byte at which the first header begins.
    private(set) var offset: Int?

    mutating func add(_ bytes: Span<UInt8>) {
        if mayHaveBegun || bytes.count < Self.length || Self.mayBegin(in: bytes) {
            for index in bytes.indices { add(bytes[index]) }
        } else {
            count += bytes.count
        }
        guard bytes.count >= Self.length else {
            mayHaveBegun = true
            return
        }
        // What began before the last eleven bytes is over.
        let rest = bytes.extracting(bytes.count - Self.length + 1..<bytes.count)
        mayHaveBegun = false
        for index in rest.indices where rest[index] == UInt8(ascii: "R") { mayHaveBegun = true }
        guard mayHaveBegun else { return }
        window = (0, 0)
        for index in rest.indices { push(rest[index]) }
    }

    /// Whether an R is followed by an I anywhere.
    private static func mayBegin(in bytes: Span<UInt8>) -> Bool {
        var found: UInt8 = 0
        // Without a branch, so that the loop becomes vector code.
        for index in 0..<max(bytes.count - 1, 0) {
            let first: UInt8 = unsafe bytes[unchecked: index] == UInt8(ascii: "R") ? 1 : 0
            let second: UInt8 = unsafe bytes[unchecked: index &+ 1] == UInt8(ascii: "I") ? 1 : 0
            found |= first & second
        }
        return found != 0
    }

    private mutating func push(_ byte: UInt8) {
        window.high = window.high << 8 | UInt32(truncatingIfNeeded: window.low >> 56)
        window.low = window.low << 8 | UInt64(byte)
    }

    private mutating func add(_ byte: UInt8) {
        push(byte)
        count += 1
        // "RIFF", four bytes of length, "WAVE".
        let isHeader = window.high == 0x5249_4646 && UInt32(truncatingIfNeeded: window.low) == 0x5741_5645
        if isHeader && offset == nil { offset = count - Self.length }
    }
}
