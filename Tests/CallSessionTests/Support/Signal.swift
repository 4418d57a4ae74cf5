// SPDX-License-Identifier: Apache-2.0

/// Samples to feed calls with.
enum Signal {
    /// Samples that are all different from their neighbours and never zero.
    static func ramp(_ count: Int, from first: Int = 1) -> [Int16] {
        (0..<max(0, count)).map { Int16(($0 + first) % 30_000 + 1) }
    }

    /// A square wave of this height: loud and simple.
    static func square(_ count: Int, height: Int16 = 8_000) -> [Int16] {
        (0..<count).map { $0 / 10 % 2 == 0 ? height : -height }
    }

    static func silence(_ count: Int) -> [Int16] { [Int16](repeating: 0, count: count) }

    /// Little-endian bytes.
    static func bytes(_ samples: [Int16]) -> [UInt8] {
        samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    /// Samples of little-endian bytes.
    static func samples(_ bytes: [UInt8]) -> [Int16] {
        stride(from: 0, to: bytes.count - 1, by: 2).map {
            Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
        }
    }
}

/// A small generator of repeatable random numbers (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0xD134_2543_DE82_EF95 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Compares a timeline with the expected text, line by line, without regard to indentation.
func trimmed(_ text: String) -> String {
    text.split(separator: "\n").map { line in
        let start = line.firstIndex { $0 != " " } ?? line.endIndex
        return String(line[start...])
    }.joined(separator: "\n")
}
