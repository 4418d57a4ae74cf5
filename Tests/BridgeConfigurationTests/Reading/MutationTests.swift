// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import Testing

@Suite("Texts broken at random, the same way each time")
struct MutationTests {
    /// Steele, Lea and Flood's SplitMix64.
    private struct SplitMix64: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }

    private static let seeds =
        Array(repeating: PrintingTests.files, count: 30).flatMap { $0 }
        + (SectionFaults.cases + RouteFaults.cases + TextFaults.cases).map(\.yaml)

    private static let pieces: [String] = [
        "*a", "&a ", "<<: ", "${", "}", "$$", "\t", "\n", "\r", "  ", "- ", "? ", ": ", "[", "]", "{", "}", "\"", "'",
        "|\n", ">\n", "!!map ", "!x ", "---\n", "...\n", "%YAML 9.9\n", "#", "~", "null", "\u{0}", "\u{85}",
        "\u{2028}", "\u{FEFF}", "\u{E000}", "\u{E001}", "\u{10FFFF}", "routes:", "listen: ", "\\x", "\\ud800",
    ]

    @Test("end in a configuration or in faults with places", arguments: 0..<8)
    func mutations(_ worker: Int) throws {
        var generator = SplitMix64(state: UInt64(worker) &+ 0x5EED)
        var good = 0
        for _ in 0..<500 {
            var scalars = Array(try #require(Self.seeds.randomElement(using: &generator)).unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &generator) { Self.mutate(&scalars, &generator) }
            let text = String(String.UnicodeScalarView(scalars))
            do {
                let configuration = try Fixture.load(text, environment: ["TOKEN": "t", "PRICE": "5"])
                good += 1
                _ = configuration.yaml(bots: Fixture.bots, dialects: Fixture.dialects)
            } catch {
                #expect(!error.faults.isEmpty)
                #expect(
                    error.faults.allSatisfy { $0.line > 0 && $0.column > 0 },
                    "\(error.faults.filter { $0.line == 0 }) in \(text)"
                )
                #expect(error.faults.allSatisfy { !$0.message.contains("\n") })
            }
        }
        #expect(good > 0)
    }

    private static func mutate(_ scalars: inout [Unicode.Scalar], _ generator: inout SplitMix64) {
        let place = Int.random(in: 0...scalars.count, using: &generator)
        let end = min(scalars.count, place + Int.random(in: 0...8, using: &generator))
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: scalars.removeSubrange(place..<end)
        case 1: scalars.insert(contentsOf: scalars[place..<end], at: Int.random(in: 0...place, using: &generator))
        case 2:
            scalars.replaceSubrange(place..<end, with: (pieces.randomElement(using: &generator) ?? "").unicodeScalars)
        default: scalars.insert(contentsOf: (pieces.randomElement(using: &generator) ?? "").unicodeScalars, at: place)
        }
    }
}
