// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("voicebridge config and bots")
struct ConfigCommandTests {
    private static let good = "routes:\n  - authentication: {bearer: \"${TOKEN:-hunter2}\"}\n"

    @Test("a good file is one line and status 0")
    func checkGood() throws {
        let run = try CommandRun(["config", "check", "-"], input: Self.good)
        #expect(run.output == "-: 1 route, ok\n")
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test("faults are a line each on standard error, and status 1", arguments: ["check", "print"])
    func checkBad(_ verb: String) throws {
        let run = try CommandRun(
            ["config", verb, "-"],
            input: Self.good + "listen: {prot: 1}\nlimits: {calls: none}\n"
        )
        #expect(run.output == "")
        #expect(
            run.errors == """
                standard input:3:10: listen.prot: is not a known key; did you mean `port`?
                standard input:4:17: limits.calls: `none` is not a whole number; give 1…1000000

                """
        )
        #expect(run.status == 1)
    }

    @Test("a file that is not there")
    func absent() throws {
        let run = try CommandRun(["config", "check", "/nowhere/voicebridge.yaml"])
        #expect(
            run.errors == "/nowhere/voicebridge.yaml: cannot be read (No such file or directory); "
                + "check the path and who may read it\n"
        )
        #expect(run.status == 1)
    }

    @Test("wrong use is status 64")
    func usage() throws {
        #expect(try CommandRun(["config", "check"]).status == 64)
    }

    @Test("print shows the defaults and not the secret, and what it shows is refused until the secret is in")
    func print() throws {
        let run = try CommandRun(["config", "print", "-"], input: Self.good)
        #expect(run.status == 0)
        #expect(run.output.contains("      bearer: (secret)\n"))
        #expect(!run.output.contains("hunter2"))
        #expect(try CommandRun(["config", "check", "-"], input: run.output).status == 1)
        let completed = run.output.replacing("(secret)", with: "hunter2")
        let again = try CommandRun(["config", "print", "-"], input: completed)
        #expect(again.output == run.output)
    }

    @Test("bots names each with its options and defaults")
    func bots() throws {
        let run = try CommandRun(["bots"])
        #expect(run.status == 0)
        let lines = run.output.split(separator: "\n")
        for name in ["echo", "echo-task", "receptionist", "speech-pipeline", "offline-assistant"] {
            #expect(lines.contains { $0 == name })
        }
        #expect(lines.contains { $0.hasPrefix("    attempts ") && $0.contains("Default ") })
    }
}
