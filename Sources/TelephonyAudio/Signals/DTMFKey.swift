// SPDX-License-Identifier: Apache-2.0

/// One of the sixteen dual-tone multi-frequency signals of ITU-T Q.23.
package struct DTMFKey: Equatable, Hashable, Sendable {
    private static let rows = ["123A", "456B", "789C", "*0#D"]
    private static let lowFrequencies = [697.0, 770, 852, 941]
    private static let highFrequencies = [1209.0, 1336, 1477, 1633]

    /// `0`–`9`, `*`, `#` or `A`–`D`.
    package let character: Character
    /// The row's tone, hertz.
    package let lowFrequency: Double
    /// The column's tone, hertz.
    package let highFrequency: Double

    /// The digit of a character, small letters included; nil for any other character.
    package init?(_ character: Character) {
        let name = Character(character.uppercased())
        for (row, names) in Self.rows.enumerated() {
            guard let column = names.firstIndex(of: name) else { continue }
            self.character = name
            lowFrequency = Self.lowFrequencies[row]
            highFrequency = Self.highFrequencies[names.distance(from: names.startIndex, to: column)]
            return
        }
        return nil
    }
}
