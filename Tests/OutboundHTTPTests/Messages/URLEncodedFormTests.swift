// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import Testing

@Suite("Forms in a URL's escapes") struct URLEncodedFormTests {
    @Test(
        "Writes and reads what the standard says",
        arguments: [
            ("a", "1", "a=1"), ("Twiml", "<R a=\"b\"/>", "Twiml=%3CR+a%3D%22b%22%2F%3E"), ("To", "+1 5", "To=%2B1+5"),
            ("n", "ü&~*", "n=%C3%BC%26%7E*"), ("e", "", "e="),
        ]
    )
    func both(name: String, value: String, text: String) {
        #expect(URLEncodedForm([(name, value)]).text == text)
        #expect(URLEncodedForm(parsing: text)[name] == value)
    }

    @Test(
        "Reads what is not well formed",
        arguments: [
            ("a", [("a", "")]), ("a=%", [("a", "%")]), ("a=%4", [("a", "%4")]), ("a=%41", [("a", "A")]),
            ("a=%zz", [("a", "%zz")]), ("a=%+1", [("a", "% 1")]), ("&&a=b=c&", [("a", "b=c")]), ("", []),
            ("=", [("", "")]),
        ] as [(String, [(name: String, value: String)])]
    )
    func broken(text: String, fields: [(name: String, value: String)]) {
        #expect(URLEncodedForm(parsing: text) == URLEncodedForm(fields))
    }

    @Test("A segment of a path holds no slash") func segment() {
        #expect(URLEncodedForm.pathSegment("v3:a/b c~") == "v3%3Aa%2Fb%20c~")
    }
}
