// SPDX-License-Identifier: Apache-2.0

/// Sizes as a configuration has them: a whole number of bytes, or one with `KiB`, `MiB` or `GiB`.
package enum ByteCountText {
    private static let units: [(name: String, bytes: Int)] = [
        ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1), ("", 1),
    ]

    /// The size that a text names; nil when it names none or one of ten digits and more.
    package static func read(_ text: String) -> Int? {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
        guard (1...9).contains(digits.count), let count = Int(String(decoding: digits, as: UTF8.self)) else {
            return nil
        }
        let suffix = String(text.dropFirst(digits.count))
        guard let unit = units.first(where: { $0.name == suffix }) else { return nil }
        return count * unit.bytes
    }

    /// A size in the largest unit that gives a whole number.
    package static func write(_ bytes: Int) -> String {
        for unit in units where bytes != 0 && bytes % unit.bytes == 0 {
            return "\(bytes / unit.bytes)\(unit.name == "B" ? "" : unit.name)"
        }
        return "\(bytes)"
    }
}
