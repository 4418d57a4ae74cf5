// SPDX-License-Identifier: Apache-2.0

extension DialectName {
    /// All platforms, each dialect before those that copy it, from the dialects' own tables.
    package static func matrix() -> [DialectRow] {
        allCases.flatMap { name in
            let details = name.details
            return [DialectRow(details)] + details.variants.map { DialectRow($0, of: details) }
        }
    }
}
