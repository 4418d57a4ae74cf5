// SPDX-License-Identifier: Apache-2.0

/// What tells one figure of a family from the others: names with values, in the order of names.
struct MetricLabels: Hashable, Sendable {
    /// Most bytes of a value.
    static let maximumValueBytes = 128

    private var pairs: [Pair] = []

    private struct Pair: Hashable, Sendable {
        var name: String
        var value: String
    }

    /// No labels.
    init() {}

    /// Labels of these names and values; names are made such that the format takes them, values are cut.
    ///
    /// Of two that come to one name the later is left out.
    init(_ dimensions: [(String, String)]) {
        for (name, value) in dimensions {
            let name = MetricName.label(name)
            guard !pairs.contains(where: { $0.name == name }) else { continue }
            pairs.append(Pair(name: name, value: Self.cut(value)))
        }
        pairs.sort { $0.name < $1.name }
    }

    /// These and one more behind them.
    func adding(_ name: String, _ value: String) -> MetricLabels {
        var labels = self
        labels.pairs.append(Pair(name: name, value: value))
        return labels
    }

    /// The labels as they stand behind a name: `{route="/v1/twilio"}`, or nothing.
    var text: String {
        guard !pairs.isEmpty else { return "" }
        return "{" + pairs.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
    }

    private static func cut(_ value: String) -> String {
        guard value.utf8.count > maximumValueBytes else { return value }
        var cut = ""
        for character in value {
            guard cut.utf8.count + character.utf8.count <= maximumValueBytes else { break }
            cut.append(character)
        }
        return cut
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
