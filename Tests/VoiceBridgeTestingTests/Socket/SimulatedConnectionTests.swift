// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import VoiceBridgeTesting

@Suite struct SimulatedConnectionTests {
    @Test(arguments: [
        ("Authorization: Bearer t0ken", "Authorization", "Bearer t0ken"), ("X-A:b:c", "X-A", "b:c"), ("A:", "A", ""),
    ])
    func `headers are read`(text: String, name: String, value: String) throws {
        let header = try #require(SimulatedConnection.Header(parsing: text))
        #expect(header.name == name)
        #expect(header.value == value)
    }

    @Test(arguments: ["", ":b", "no colon", "a b: c", "A: b\r\nC: d"])
    func `other headers are refused`(text: String) {
        #expect(SimulatedConnection.Header(parsing: text) == nil)
    }
}
