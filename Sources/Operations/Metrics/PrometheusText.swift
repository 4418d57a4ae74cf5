// SPDX-License-Identifier: Apache-2.0

/// Writes figures in Prometheus' text format, version 0.0.4.
///
/// A family is a name with its help, its type and all its samples; each name must be begun once.
struct PrometheusText {
    /// What kind of figures a family holds.
    enum Kind: String {
        /// A figure that only grows.
        case counter
        /// A figure that goes up and down.
        case gauge
        /// Counts by upper bound, a sum and a count.
        case histogram
    }

    /// The media type of the format.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// What was written so far.
    private(set) var text = ""

    /// Begins a family.
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        let escaped = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        text += "# HELP \(name) \(escaped)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Writes one sample.
    mutating func sample(_ name: String, _ labels: MetricLabels = MetricLabels(), _ value: Double) {
        text += "\(name)\(labels.text) \(Self.number(value))\n"
    }

    /// Writes a family of one sample.
    mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        family(name, kind, help)
        sample(name, MetricLabels(), value)
    }

    /// Writes the samples of one histogram: for each bound how many figures do not exceed it, then all of them.
    ///
    /// - Parameters:
    ///   - name: the family's name.
    ///   - labels: what tells it from others of the family.
    ///   - buckets: bounds, the smallest first, and how many figures lie between the one before and them.
    ///   - count: how many figures there are.
    ///   - sum: their sum.
    mutating func histogram(
        _ name: String,
        _ labels: MetricLabels,
        buckets: [(bound: Double, count: UInt64)],
        count: UInt64,
        sum: Double
    ) {
        var cumulative: UInt64 = 0
        for bucket in buckets {
            cumulative += bucket.count
            sample(name + "_bucket", labels.adding("le", Self.number(bucket.bound)), Double(cumulative))
        }
        sample(name + "_bucket", labels.adding("le", "+Inf"), Double(count))
        sample(name + "_sum", labels, sum)
        sample(name + "_count", labels, Double(count))
    }

    /// A number as the format has it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return "\(Int64(value))" }
        return "\(value)"
    }
}
