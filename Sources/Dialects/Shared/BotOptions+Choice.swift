// SPDX-License-Identifier: Apache-2.0

import CallModel

extension BotOptions {
    /// The case of an enumeration that an option names; throws for any other word.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String,
        default usual: Value
    ) throws(DialectError) -> Value where Value.RawValue == String {
        guard let text = text(name) else { return usual }
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badOption(name, problem: "must be one of: \(known)")
        }
        return value
    }
}
