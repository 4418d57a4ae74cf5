// SPDX-License-Identifier: Apache-2.0

extension DialectError {
    /// Refuses a mark's name that no platform need take: of no byte, or of more than 256.
    static func check(mark name: String) throws(DialectError) {
        guard (1...256).contains(name.utf8.count) else { throw .badMark("must have 1 to 256 bytes") }
    }
}
