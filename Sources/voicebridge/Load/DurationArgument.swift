// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// A duration as it is written in a command line: `500us`, `20ms`, `1.5s`.
struct DurationArgument: ExpressibleByArgument, Equatable {
    let duration: Duration

    /// Nil when the text is no number with one of the units, or not above zero and below an hour.
    init?(argument: String) {
        let units: [(String, Double)] = [("us", 1e-6), ("ms", 1e-3), ("s", 1)]
        guard let (name, scale) = units.first(where: { argument.hasSuffix($0.0) }),
            let value = Double(argument.dropLast(name.count)), value * scale > 0, value * scale < 3_600
        else { return nil }
        duration = .seconds(value * scale)
    }
}
