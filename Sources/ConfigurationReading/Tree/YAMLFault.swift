// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// Says what a text has that YAML has not, without showing the text: it may hold secrets.
enum YAMLFault {
    /// The fault of an error of Yams in a text.
    static func fault(for error: any Error, in scalars: [Unicode.Scalar]) -> ConfigurationFault {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            return fault(problem: problem, mark: SourceMark(mark), in: scalars)
        case .composer(_, _, let mark, _):
            return .whole("a second document begins here; keep one document in the file", mark: SourceMark(mark))
        case .reader:
            let offset = scalars.firstIndex { !isPrintable($0) } ?? 0
            return .whole("has a character that YAML does not allow; take it out", mark: mark(of: offset, in: scalars))
        default:
            return .whole("cannot be read as YAML; check its indentation and quotes")
        }
    }

    private static func fault(problem: String, mark: SourceMark, in scalars: [Unicode.Scalar]) -> ConfigurationFault {
        if let offset = mark.offset(in: scalars), offset < scalars.count, scalars[offset] == "\t" {
            return .whole("a tab cannot indent YAML; use spaces", mark: mark)
        }
        if problem.hasPrefix("Maximum nesting level") {
            return .whole("is nested too deeply; a configuration needs fewer than ten levels", mark: mark)
        }
        let advice = "check the indentation, the quotes and the colons of this line and the one above"
        return .whole("is not YAML (\(problem)); \(advice)", mark: mark)
    }

    /// The place of the scalar at an offset.
    private static func mark(of offset: Int, in scalars: [Unicode.Scalar]) -> SourceMark {
        var mark = SourceMark.start
        for (index, scalar) in scalars[..<offset].enumerated() {
            if scalar == "\n" || (scalar == "\r" && scalars[index + 1] != "\n") {
                mark = SourceMark(line: mark.line + 1, column: 1)
            } else {
                mark.column += 1
            }
        }
        return mark
    }

    /// YAML 1.1 §5.1.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
