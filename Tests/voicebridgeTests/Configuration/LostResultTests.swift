// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("A result that nobody gets")
struct LostResultTests {
    @Test(
        "standard output that takes nothing is status 1, and says so",
        arguments: [["bots"], ["call", "ws://127.0.0.1:1/", "--for", "1", "--json"]]
    )
    func full(arguments: [String]) throws {
        let run = try CommandRun(arguments, outputPath: "/dev/full")
        #expect(run.status == 1)
        #expect(
            run.errors
                == "Error: cannot write standard output: No space left on device; check the free space and the permissions\n"
        )
    }

    @Test("a check whose verdict is lost has failed")
    func check() throws {
        let path = NSTemporaryDirectory() + "/lost-\(UInt64.random(in: 0...UInt64.max)).yaml"
        try Data("sections: {a: [hang_up]}\n".utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        for verb in ["check", "graph"] {
            #expect(try CommandRun(["flow", verb, path], outputPath: "/dev/full").status == 1)
        }
    }
}
