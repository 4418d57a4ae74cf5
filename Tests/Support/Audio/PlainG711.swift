// SPDX-License-Identifier: Apache-2.0

/// G.711 by search in the decision tables of the recommendation, slow and plain, to judge fast coders by.
package enum PlainG711 {
    /// The 16-bit sample of a µ-law code: ITU-T G.711 table 2, times four.
    package static func decodeMuLaw(_ code: UInt8) -> Int {
        let number = 255 - Int(code)
        let (chord, step) = (number % 128 / 16, number % 16)
        var value = 0
        for lower in 0..<chord { value += 16 * (8 << lower) }
        value += step * (8 << chord) + (chord > 0 ? 4 * ((1 << chord) - 1) : 0)
        return number < 128 ? value : -value
    }

    /// The 16-bit sample of an A-law code: ITU-T G.711 table 1, times eight.
    package static func decodeALaw(_ code: UInt8) -> Int {
        let number = Int(code ^ 0x55)
        let (chord, step) = (number % 128 / 16, number % 16)
        let width = chord < 2 ? 16 : 16 << (chord - 1)
        let base = chord == 0 ? 0 : 256 << (chord - 1)
        let value = base + step * width + width / 2
        return number >= 128 ? value : -value
    }

    /// The µ-law code whose interval between decision values holds the sample; negative samples mirror to −1 − x.
    package static func encodeMuLaw(_ sample: Int) -> UInt8 {
        let magnitude = sample < 0 ? -1 - sample : sample
        var step = 0
        while step < 127 && magnitude >= upperDecision(step) { step += 1 }
        return UInt8((sample < 0 ? 127 : 255) - step)
    }

    /// The A-law code whose interval between decision values holds the sample; negative samples mirror to −1 − x.
    package static func encodeALaw(_ sample: Int) -> UInt8 {
        let magnitude = sample < 0 ? -1 - sample : sample
        var step = 0
        while step < 127 {
            let chord = (step + 1) / 16
            let start = chord == 0 ? 0 : 256 << (chord - 1)
            let width = chord < 2 ? 16 : 16 << (chord - 1)
            if magnitude < start + (step + 1) % 16 * width { break }
            step += 1
        }
        return UInt8(step + (sample < 0 ? 0 : 128)) ^ 0x55
    }

    /// The first magnitude above µ-law step `step`: half-way between it and the next, 4 being the first.
    private static func upperDecision(_ step: Int) -> Int {
        let (chord, place) = ((step + 1) / 16, (step + 1) % 16)
        // With the bias of 132 taken off, chord c starts at 132 · 2^c and has steps of 8 · 2^c.
        return (132 << chord) + place * (8 << chord) - 132 - (place == 0 ? 4 << chord : 0)
            + (place == 0 ? 0 : -(4 << chord))
    }
}
