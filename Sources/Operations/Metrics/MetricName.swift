// SPDX-License-Identifier: Apache-2.0

/// Names as Prometheus takes them: letters, digits and `_`, with no digit first.
enum MetricName {
    /// A family's name; a colon is for recording rules and becomes `_` too.
    static func family(_ text: String) -> String { word(text) }

    /// A label's name; two underscores in front are Prometheus' own.
    static func label(_ text: String) -> String {
        let word = word(text)
        return word.hasPrefix("__") || word == "le" ? "x" + word : word
    }

    /// The name with this ending, once.
    static func ending(_ suffix: String, _ name: String) -> String { name.hasSuffix(suffix) ? name : name + suffix }

    private static func word(_ text: String) -> String {
        var word = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "_": word.unicodeScalars.append(scalar)
            case "0"..."9":
                if word.isEmpty { word = "_" }
                word.unicodeScalars.append(scalar)
            default: word += "_"
            }
        }
        return word.isEmpty ? "_" : word
    }
}
