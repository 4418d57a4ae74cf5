// SPDX-License-Identifier: Apache-2.0

import Dialects

/// A text with its document, so that a test can look things up in one expression.
struct ParsedText {
    let text: [UInt8]
    let document: JSONDocument

    init(_ text: String) throws(JSONSyntaxError) {
        let bytes = Array(text.utf8)
        var document = JSONDocument()
        try document.parse(bytes.span)
        self.text = bytes
        self.document = document
    }

    var root: JSONPlace { document.root }

    func member(_ name: String) -> JSONPlace? { document.member(name, of: root, in: text.span) }

    func member(_ name: String, of place: JSONPlace) -> JSONPlace? { document.member(name, of: place, in: text.span) }

    func field(_ name: String) -> JSONPlace? { document.field(name, of: root, in: text.span) }

    func wholeNumber(_ place: JSONPlace) -> (value: Int64, isExact: Bool)? {
        document.wholeNumber(at: place, in: text.span)
    }

    func source(_ place: JSONPlace) -> String? { document.source(at: place, in: text.span) }

    func name(_ place: JSONPlace) -> String? { document.name(at: place, in: text.span) }

    func value() -> JSONValue { document.value(at: root, in: text.span) }
}
