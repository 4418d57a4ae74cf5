// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("voicebridge flow")
struct FlowCommandTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func example(_ name: String) -> String {
        root.appendingPathComponent("deploy/flows/\(name).yaml").path
    }

    private static func file(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "/flow-command-\(UInt64.random(in: 0...UInt64.max)).yaml"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test(
        "the examples are good",
        arguments: [
            ("appointments", "9 sections, 20 steps, ok; needs a synthesizer"),
            ("receptionist", "6 sections, 10 steps, ok; needs a folder for recordings"),
        ]
    )
    func examples(name: String, expected: String) throws {
        let run = try CommandRun(["flow", "check", Self.example(name)])
        #expect(run.output == "\(Self.example(name)): \(expected)\n")
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test("faults are a line each on standard error, and status 1", arguments: ["check", "graph", "try"])
    func faults(verb: String) throws {
        let path = try Self.file("sections:\n  a:\n    - sy: x\n    - go: b\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let run = try CommandRun(["flow", verb, path])
        #expect(run.output == "")
        #expect(
            run.errors == """
                \(path):3:7: sections.a[0].sy: is no kind of step; did you mean `say`?
                \(path):4:11: sections.a[1].go: leads to `b`, which is no section; add it under `sections`

                """
        )
        #expect(run.status == 1)
    }

    @Test("a warning does not fail")
    func warning() throws {
        let path = try Self.file("sections:\n  a: [hang_up]\n  b: [hang_up]\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let run = try CommandRun(["flow", "check", path])
        #expect(run.output == "\(path): 2 sections, 2 steps, ok\n")
        #expect(run.errors == "\(path):3:3: sections.b: is never reached; lead to it, or take it out (warning)\n")
        #expect(run.status == 0)
    }

    @Test("wrong use is status 64", arguments: [["flow", "check"], ["flow", "try", "x.yaml", "--set", "desk"]])
    func usage(arguments: [String]) throws { #expect(try CommandRun(arguments).status == 64) }

    @Test("a file that is not there is status 1")
    func absent() throws {
        let run = try CommandRun(["flow", "check", "/nowhere/flow.yaml"])
        #expect(
            run.errors
                == "/nowhere/flow.yaml: cannot be read (there is no such file); check the path and who may read it\n"
        )
        #expect(run.status == 1)
    }

    @Test("graph draws sections and the ways between them")
    func graph() throws {
        let path = try Self.file(
            """
            sections:
              a:
                - menu: {say: "\\"Sales\\" & #1?", keys: {1: b, 2: again}, failed: hang_up}
              b:
                - hang_up: {say: Bye.}
            """
        )
        defer { try? FileManager.default.removeItem(atPath: path) }
        let run = try CommandRun(["flow", "graph", path])
        #expect(
            run.output == """
                flowchart TD
                  s0["<b>a</b><br/>menu: say: #quot;Sales#quot; #amp; #35;1?"]
                  s1["<b>b</b><br/>say: Bye., hang up"]
                  begin((call)) --> s0
                  s0 -->|"1"| s1
                  s0 -->|"2"| s0
                  s0 -->|"no choice"| ended
                  s1 --> ended
                  ended((end))

                """
        )
        #expect(run.status == 0)
    }

    @Test("try runs a flow in a pipe, with keys typed ahead")
    func tries() throws {
        let input = """
            12345
            412345
            200 {"booking": {"name": "Ann", "day": "Monday", "time": "10:30"}}
            20

            """
        let run = try CommandRun(["flow", "try", Self.example("appointments"), "--set", "desk=112"], input: input)
        #expect(
            run.output == """
                says: Welcome to Riverside.
                says: Please enter the six digits of your reference.
                waits for up to 6 keys
                says: A reference has six digits and begins with four or seven.
                says: Please enter the six digits of your reference.
                waits for up to 6 keys
                asks GET https://appointments.example.net/v1/bookings/412345
                  answer with a status and JSON, such as 200 {"day": "Monday"}; an empty line is no answer
                says: Ann, your appointment is on Monday at 10:30.
                says: To move it, press 1. To hear it again, press 2. To speak to the desk, press 0.
                waits for a key
                says: Ann, your appointment is on Monday at 10:30.
                says: To move it, press 1. To hear it again, press 2. To speak to the desk, press 0.
                says: I am connecting you to the desk.
                transfers to the phone 112

                """
        )
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test("try asks who answered")
    func answering() throws {
        let path = try Self.file(
            """
            sections:
              a:
                - background: {prompt: goodbye, while: thinking}
                - detect: {beep: 20s, machine: message, unknown: again, into: who}
                - background: off
                - hang_up
              message: [{set: {who: "{{who}}!"}}, {transfer: {extension: "{{who}}"}}]
            """
        )
        defer { try? FileManager.default.removeItem(atPath: path) }
        let listens = "listens for who answered: human, machine, beep, unknown"
        let run = try CommandRun(["flow", "try", path], input: "\nnobody\nbeep\n")
        #expect(
            run.output == """
                plays the built-in prompt goodbye behind the call, while it works
                \(listens)
                \(listens)
                (who answered is one of human, machine, beep, unknown; an empty line is unknown)
                transfers to the extension beep!

                """
        )
        let human = try CommandRun(["flow", "try", path], input: "human\n")
        #expect(human.output.hasSuffix("\(listens)\nends the sound behind the call\nhangs up\n"))
        #expect(
            try CommandRun(["flow", "graph", path]).output == """
                flowchart TD
                  s0["<b>a</b><br/>background: the built-in prompt goodbye<br/>detect who answered into who<br/>background off<br/>hang up"]
                  s1["<b>message</b><br/>who = ‹who›!<br/>transfer to extension ‹who›"]
                  begin((call)) --> s0
                  s0 -->|"machine"| s1
                  s0 -->|"unknown"| s0
                  s0 --> ended
                  s1 -->|"refused"| ended
                  ended((end))

                """
        )
    }

    @Test("the end of the input is a caller who hangs up; a flow in circles is status 1")
    func ends() throws {
        let run = try CommandRun(["flow", "try", Self.example("receptionist")], input: "x\n3\nHello\n")
        #expect(
            run.output == """
                plays the built-in prompt greeting-and-menu
                waits for a key
                (keys are 0-9, *, # and A-D; an empty line is a caller who presses none)
                plays the built-in prompt say-it-back
                beeps
                records; a line is what the caller says, an empty one is silence
                plays the built-in prompt goodbye
                hangs up

                """
        )
        #expect(run.status == 0)
        #expect(
            try CommandRun(["flow", "try", Self.example("receptionist")], input: "").output.hasSuffix(
                "the caller hangs up\n"
            )
        )
        let path = try Self.file("maximum_steps: 10\nsections: {a: [{set: {x: y}}, {branch: [{go: a}]}]}\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try CommandRun(["flow", "try", path]).status == 1)
    }
}
