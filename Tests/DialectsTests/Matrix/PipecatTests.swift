// SPDX-License-Identifier: Apache-2.0

import Dialects
import Foundation
import Testing

/// The matrix says `pipecat` of those dialects that are held against it, and of no others.
@Suite struct PipecatTests {
    @Test func whatIsHeldAgainstItsSerializersIsWhatTheMatrixSays() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let golden = try String(contentsOf: tests.appending(path: "Pipecat/golden.py"), encoding: .utf8)
        let held = golden.matches(of: /name, call = "([a-z-]+)"/).map { String($0.1) }
        let said = DialectName.matrix().filter { $0.testedAgainst.contains(.pipecat) }.map(\.dialect.rawValue)
        #expect(Set(held) == Set(said))
        #expect(held.count == said.count)
        let ci = try String(contentsOf: tests.appending(path: "Checks/ci-extra.sh"), encoding: .utf8)
        #expect(ci.contains("Tests/Pipecat/pipecat.sh"))
    }
}
