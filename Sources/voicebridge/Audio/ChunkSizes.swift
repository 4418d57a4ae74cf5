// SPDX-License-Identifier: Apache-2.0

/// How many samples a stream takes at a time: always as many, or as a seed has it.
struct ChunkSizes {
    /// The largest there will be.
    let largest: Int
    /// State of the generator; nil when all sizes are the largest.
    private var state: UInt64?

    /// All chunks of one size.
    init(always size: Int) { largest = size }

    /// Chunks of 1 to `largest` samples, in an order that depends on the seed alone.
    init(random seed: UInt64, upTo largest: Int) {
        self.largest = largest
        state = seed
    }

    /// The next chunk's size.
    mutating func next() -> Int {
        guard let old = state else { return largest }
        // SplitMix64; the upper half of a product with the largest size is even enough.
        let new = old &+ 0x9E37_79B9_7F4A_7C15
        state = new
        var mixed = (new ^ new >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return 1 + Int(mixed.multipliedFullWidth(by: UInt64(largest)).high)
    }
}
