// SPDX-License-Identifier: Apache-2.0

extension G711 {
    /// For each µ-law code the A-law code of its linear sample.
    private static let aLawOfMuLaw = (0...255).map { encodeALaw(decodeMuLaw(UInt8($0))) }
    /// For each A-law code the µ-law code of its linear sample.
    private static let muLawOfALaw = (0...255).map { encodeMuLaw(decodeALaw(UInt8($0))) }

    /// Writes each code, translated to the other law, to the same place of `others`; the same law copies.
    ///
    /// A translated code is what decoding to 16 bits and encoding again gives. The tables 3 and 4 of ITU-T G.711 differ
    /// from that in some codes by one step, in favour of exact round trips between networks; a bridge that
    /// decodes in one place and translates in another wants the two ways to agree instead.
    /// `others` must have room for all codes; what lies behind them is left alone.
    package func transcode(_ codes: Span<UInt8>, to law: G711, into others: inout MutableSpan<UInt8>) {
        precondition(others.count >= codes.count, "room for \(others.count) codes, \(codes.count) needed")
        switch (self, law) {
        case (.muLaw, .aLaw): Self.translate(codes, by: Self.aLawOfMuLaw, into: &others)
        case (.aLaw, .muLaw): Self.translate(codes, by: Self.muLawOfALaw, into: &others)
        case (.muLaw, .muLaw), (.aLaw, .aLaw):
            for index in codes.indices { others[index] = codes[index] }
        }
    }

    @inline(__always)
    private static func translate(_ codes: Span<UInt8>, by table: [UInt8], into others: inout MutableSpan<UInt8>) {
        let table = table.span
        precondition(table.count == 256)
        for index in codes.indices {
            // A byte cannot leave a table of 256, and the caller compared the counts.
            unsafe others[unchecked: index] = table[unchecked: Int(codes[unchecked: index])]
        }
    }
}
