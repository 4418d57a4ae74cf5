// SPDX-License-Identifier: Apache-2.0
import Testing
import WebSocketWire

@Suite struct ExtensionOfferTests {
    @Test(arguments: [
        ("", []), (" , ,", []), ("a", ["a"]), ("a,b", ["a", "b"]), ("a;x", ["a;x"]),
        ("a ; x = 1 ;y , b", ["a;x=1;y", "b"]),
        ("a; x=\"1\"", ["a;x=1"]), ("a; x=\"\\1\\0\"", ["a;x=10"]), ("a; x=\"b\", c", ["a;x=b", "c"]),
    ])
    func reads(value: String, expected: [String]) {
        #expect(ExtensionOffer.parse([value])?.map(describe) == expected)
    }

    @Test(arguments: [
        "a;", "a; ;b", ";a", "a b", "a; x=", "a; x=\"", "a; x=\"1", "a; x=\"\"", "a; x=\"a b\"", "a; x=\"1\\", "a=1",
        "a; x==",
        "\"a\"", "a; x=1 2", "é",
    ])
    func refuses(value: String) {
        #expect(ExtensionOffer.parse([value]) == nil)
    }

    @Test func joinsRepeatedFields() {
        #expect(ExtensionOffer.parse(["a; x", "b"])?.map(describe) == ["a;x", "b"])
    }

    private func describe(_ offer: ExtensionOffer) -> String {
        ([offer.name] + offer.parameters.map { $0.name + ($0.value.map { "=" + $0 } ?? "") }).joined(separator: ";")
    }
}
