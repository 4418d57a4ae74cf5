// SPDX-License-Identifier: Apache-2.0
import WebSocketWire

extension FuzzTarget {
    /// The streaming UTF-8 check against the standard library, whole and cut in two.
    static let text = FuzzTarget(name: "text") { input in
        let expected = String(validating: input, as: UTF8.self) != nil
        let cut = Int(input.first ?? 0) % (input.count + 1)
        var whole = UTF8Validator()
        let isValid = whole.consume(input.span) && whole.isComplete
        var parts = UTF8Validator()
        let isValidInParts =
            parts.consume(input.span.extracting(first: cut))
            && parts.consume(input.span.extracting(droppingFirst: cut)) && parts.isComplete
        guard isValid == expected else { return "whole: \(isValid), the standard library: \(expected)" }
        return isValidInParts == expected ? nil : "cut at \(cut): \(isValidInParts), the standard library: \(expected)"
    }
}
