// SPDX-License-Identifier: Apache-2.0

import CallModel

extension DialectRow {
    /// What stands over ``cells``.
    package static let header = [
        "Platform", "Dialect", "Formats", "Clear", "Marks", "Digits", "Transfer", "Hang-up", "Authentication",
        "Tested against",
    ]

    /// The row in words, in the order of ``header``; no cell is empty or has a `|`.
    package var cells: [String] {
        [
            platform, variant.map { "\(dialect.rawValue), variant \($0)" } ?? dialect.rawValue, formatText,
            Self.word(capabilities.clear), Self.word(capabilities.marks), digitText, transferText, hangUpText,
            authentication.isEmpty ? "none documented" : Self.list(authentication.map(\.rawValue)),
            Self.list(testedAgainst.map(\.rawValue)),
        ]
    }

    /// Encodings with their rates in kilohertz: `ulaw 8; pcm 8, 16`.
    private var formatText: String {
        AudioEncoding.allCases.compactMap { encoding in
            let rates = formats.filter { $0.encoding == encoding }.map(\.sampleRate).sorted()
            guard !rates.isEmpty else { return nil }
            return "\(encoding.rawValue) "
                + Self.list(
                    rates.map { rate in
                        rate.isMultiple(of: 1_000) ? "\(rate / 1_000)" : "\(Double(rate) / 1_000)"
                    }
                )
        }.joined(separator: "; ")
    }

    private var digitText: String {
        switch (capabilities.receivesDigits, capabilities.sendDigits) {
        case (true, true): "both ways"
        case (true, false): "from the caller"
        case (false, true): "to the caller"
        case (false, false): "no"
        }
    }

    private var transferText: String {
        var ways: [String] = []
        if capabilities.transfers.count == TransferTarget.Kind.allCases.count {
            ways.append("on the socket")
        } else if !capabilities.transfers.isEmpty {
            let kinds = TransferTarget.Kind.allCases.filter(capabilities.transfers.contains)
            ways.append("on the socket (\(Self.list(kinds.map(\.rawValue))))")
        }
        if overHTTP.contains(.transfer) { ways.append("over HTTP") }
        return ways.isEmpty ? "no" : Self.list(ways)
    }

    private var hangUpText: String {
        var ways: [String] = []
        if capabilities.hangUp { ways.append("on the socket") }
        if overHTTP.contains(.hangUp) { ways.append("over HTTP") }
        switch capabilities.closeMeaning {
        case .hangUp: ways.append("by closing")
        case .nextStep: ways.append("closing goes on with the flow")
        case .reconnect: ways.append("closing reconnects")
        case .unknown: break
        }
        return ways.isEmpty ? "no" : Self.list(ways)
    }

    private static func word(_ isSo: Bool) -> String { isSo ? "yes" : "no" }

    private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
