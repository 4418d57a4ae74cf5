// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// Parses a text in which keys may be given twice.
///
/// Yams stops at the first mapping with a key given twice and names one of them. So the earlier one is renamed in the
/// text, to as many characters of Unicode's private use area, and the text is parsed again: every place stays where it
/// was, and the later of two is what counts.
enum DuplicateKeys {
    /// Renamed keys of one file; the next one ends the reading.
    static let maximum = 20

    /// A tree, the parser that keeps its anchors alive, and what was renamed.
    struct Parsed {
        var parser: Parser
        var root: Node?
        var renamedKeys: [String: String]
    }

    /// The tree of a text, whose earlier keys of the same name are replaced in place.
    static func parse(_ scalars: inout [Unicode.Scalar]) throws(ConfigurationFault) -> Parsed {
        var renamedKeys: [String: String] = [:]
        while true {
            let text = String(String.UnicodeScalarView(scalars))
            do {
                let parser = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
                return Parsed(parser: parser, root: try parser.singleRoot(), renamedKeys: renamedKeys)
            } catch YamlError.duplicatedKeysInMapping(let names, let place) {
                guard
                    let name = names.first, renamedKeys.count < maximum,
                    let marker = rename(name, at: place.mark, in: &scalars, number: renamedKeys.count + 1)
                else { throw fault(for: names, at: place.mark) }
                renamedKeys[marker] = name
            } catch {
                throw YAMLFault.fault(for: error, in: scalars)
            }
        }
    }

    /// Replaces the key at `mark`; nil when it is not written there as it is read, as with escapes.
    private static func rename(
        _ name: String,
        at mark: Mark,
        in scalars: inout [Unicode.Scalar],
        number: Int
    ) -> String? {
        guard var start = SourceMark(mark).offset(in: scalars), let marker = Unicode.Scalar(0xE000 + UInt32(number))
        else { return nil }
        if start < scalars.count, scalars[start] == "\"" || scalars[start] == "'" { start += 1 }
        let length = name.unicodeScalars.count
        guard length > 0, start + length <= scalars.count else { return nil }
        guard scalars[start..<(start + length)].elementsEqual(name.unicodeScalars) else { return nil }
        for index in start..<(start + length) { scalars[index] = marker }
        return String(String.UnicodeScalarView(repeatElement(marker, count: length)))
    }

    private static func fault(for names: [String], at mark: Mark) -> ConfigurationFault {
        let star: Character = "*"
        let name = names.first.map {
            String($0.map { $0.unicodeScalars.first == ConfigurationDocument.aliasMarker ? star : $0 })
        }
        return .whole(
            "the key \(ShownText.quoted(name ?? "")) is given twice; keep one of them",
            mark: SourceMark(mark)
        )
    }
}

extension SourceMark {
    /// Index of the place in a text; lines end as libYAML ends them.
    ///
    /// Nil when there is no such place.
    func offset(in scalars: [Unicode.Scalar]) -> Int? {
        var index = 0
        for _ in 1..<max(line, 1) {
            guard let end = scalars[index...].firstIndex(where: Self.isLineBreak) else { return nil }
            let isPair = scalars[end] == "\r" && end + 1 < scalars.count && scalars[end + 1] == "\n"
            index = end + (isPair ? 2 : 1)
        }
        let offset = index + column - 1
        return line > 0 && column > 0 && offset <= scalars.count ? offset : nil
    }

    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }
}
