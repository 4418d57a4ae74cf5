// SPDX-License-Identifier: Apache-2.0

/// Counts how long an Ogg Opus stream lasts by the heads of its pages (RFC 3533 §6, RFC 7845 §4), without decoding it.
struct OggPages {
    /// Samples per second of every Ogg Opus stream's clock.
    private static let rate = 48_000
    private static let headBytes = 27
    private static let magic = Array("OggS".utf8)
    private static let opusMagic = Array("OpusHead".utf8)

    private var skipped = 0
    private var end = 0

    /// Seconds of audio in the pages so far.
    var seconds: Double { Double(max(0, end - skipped)) / Double(Self.rate) }

    /// Takes whole pages; false when these are none.
    mutating func take(_ bytes: [UInt8]) -> Bool {
        var place = 0
        while place < bytes.count {
            guard place + Self.headBytes <= bytes.count, bytes[place..<place + 4].elementsEqual(Self.magic) else {
                return false
            }
            let body = place + Self.headBytes + Int(bytes[place + 26])
            guard body <= bytes.count else { return false }
            let next = bytes[(place + Self.headBytes)..<body].reduce(body) { $0 + Int($1) }
            guard next <= bytes.count else { return false }
            if body + 12 <= next, bytes[body..<body + 8].elementsEqual(Self.opusMagic) {
                skipped = Int(bytes[body + 10]) | Int(bytes[body + 11]) << 8
            }
            let position = bytes[(place + 6)..<(place + 14)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            // All ones where no packet ends.
            if let position = Int(exactly: position) { end = max(end, position) }
            place = next
        }
        return true
    }
}
