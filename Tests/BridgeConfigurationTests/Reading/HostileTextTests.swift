// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import Testing

@Suite("Hostile texts")
struct HostileTextTests {
    /// Anchors of nine aliases each: 9^`levels` values, were they ever counted.
    private static func bomb(levels: Int) -> String {
        var text = "x-0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...levels {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "x-\(level): &a\(level) [\(aliases)]\n"
        }
        return text
    }

    @Test("lists of aliases of lists of aliases cost nothing where nobody reads them")
    func unreadBomb() {
        #expect(Fixture.faults(Fixture.with(Self.bomb(levels: 40))) == [])
    }

    @Test("and one fault where somebody does")
    func readBomb() {
        let text = Self.bomb(levels: 40)
        #expect(Fixture.faults(text + "routes: *a40\n").count == 9)
        #expect(Fixture.faults(text + "listen: {host: *a40}\n" + Fixture.smallest).count == 1)
        #expect(Fixture.faults(text + "listen: *a40\n" + Fixture.smallest).count == 1)
    }

    @Test("as keys, too")
    func bombAsKey() {
        let text = Self.bomb(levels: 40)
        let faults = Fixture.faults(text + "? *a40\n: 1\n? *a39\n: 1\n" + Fixture.smallest)
        #expect(faults.count == 2)
        #expect(faults.allSatisfy { $0.hasSuffix("has a key that is not a text; write one") })
    }

    @Test("mappings merged into mappings merged into mappings end")
    func mergeBomb() {
        var text = "x-0: &a0 {bot: echo}\n"
        for level in 1...30 {
            text += "x-\(level): &a\(level) {<<: [*a\(level - 1), *a\(level - 1), *a\(level - 1), *a\(level - 1)]}\n"
        }
        let faults = Fixture.faults(text + "routes: [{<<: *a30, authentication: {bearer: x}}]\n")
        #expect(!faults.isEmpty)
        #expect(faults.allSatisfy { $0.contains("comes after 10000 merged mappings; write the settings out") })
    }

    @Test("an alias within its own anchor names nothing yet")
    func cycle() {
        #expect(Fixture.faults("routes: &a [*a]\n").count == 1)
        #expect(Fixture.faults("routes: &a [{authentication: {bearer: x}, <<: *a}]\n").count == 1)
    }

    @Test("deep nesting is refused", arguments: ["[", "{a: ", "- ", "? "])
    func deep(_ opening: String) {
        let faults = Fixture.faults("x-deep: " + String(repeating: opening, count: 20_000))
        #expect(faults.count == 1)
        let block = "x-deep:\n  " + String(repeating: opening, count: 20_000)
        #expect(Fixture.faults(block).count == 1)
    }

    @Test("a text beyond 1 MiB is refused unread")
    func huge() {
        let text = Fixture.smallest + String(repeating: "#", count: 1 << 20)
        #expect(Fixture.faults(text) == ["1:1: has \(text.utf8.count) bytes; a configuration may have 1048576"])
    }

    @Test("a large text of sense is read")
    func large() throws {
        let routes = (0..<1_000).map { "  - {path: /r\($0), authentication: {bearer: x}}\n" }.joined()
        #expect(try Fixture.load("routes:\n" + routes).routes.count == 1_000)
        let faults = Fixture.faults("routes:\n" + routes + "  - {path: /x}\n")
        #expect(faults == ["2:3: routes: has 1001 entries; at most 1000 are allowed"])
    }

    @Test("many keys given twice end after a few")
    func manyDuplicates() {
        let text = (0..<200).map { "k\($0): 1\nk\($0): 2\n" }.joined()
        #expect(Fixture.faults(text).map { $0.hasSuffix("is given twice; keep one of them") } == [true])
    }
}
