// SPDX-License-Identifier: Apache-2.0

import Bots
import ConfigurationReading
import Testing
import VoiceBridge

@Suite("A flow, step by step")
struct FlowInterpreterTests {
    private func run(_ yaml: String, call: [String: String] = [:], _ answers: String...) throws -> [String] {
        FlowTimeline(try FlowFixture.load(yaml).flow, call: call, answers).lines
    }

    static let menu = """
        sections:
          a:
            - menu:
                say: One or two?
                into: choice
                no_input: Nothing came.
                no_match: {play: beep.wav}
                attempts: 3
                failed: b
                keys: {1: next, 2: again, "*": hang_up}
            - say: You took {{choice}}.
          b:
            - hang_up: {say: Goodbye.}
        """

    @Test(
        "a menu",
        arguments: [
            (["keys 1"], ["ask 1: One or two?", "say You took 1.", "hang up"]),
            (["keys 2", "keys 1"], ["ask 1: One or two?", "ask 1: One or two?", "say You took 1.", "hang up"]),
            (["keys *"], ["ask 1: One or two?", "hang up"]),
            (
                ["keys", "keys 7", "keys"],
                [
                    "ask 1: One or two?", "ask anew 1: Nothing came. | One or two?",
                    "ask anew 1: [beep.wav] | One or two?",
                    "say/protected Goodbye.", "hang up",
                ]
            ),
        ]
    )
    func menu(answers: [String], lines: [String]) throws {
        #expect(FlowTimeline(try FlowFixture.load(Self.menu).flow, answers).lines == lines)
    }

    static let detect = """
        sections:
          a:
            - background: {file: beep.wav, gain: -12, while: thinking}
            - detect: {beep: 30s, limit: 15s, rounds: 2, silence: 1s, human: b, machine: c, unknown: again, into: who}
          b:
            - detect: {method: key, play: beep.wav, timeout: 4s}
            - background: off
          c: [{say: "{{who}}"}]
        """

    @Test(
        "who answered leads on",
        arguments: [
            (["who machine"], ["say machine", "hang up"]), (["who beep"], ["say beep", "hang up"]),
            (["fails", "who beep"], ["first", "say beep", "hang up"]),
            (["who unknown", "who beep"], ["first", "say beep", "hang up"]),
            (
                ["who human", "who unknown"],
                [
                    "detect key(timeout: 4.0 seconds, rounds: 2), limit 20.0 seconds [beep.wav]", "background off",
                    "hang up",
                ]
            ),
        ]
    )
    func detect(answers: [String], lines: [String]) throws {
        let first =
            "detect silence(of: 1.0 seconds, rounds: 2, timeout: 3.0 seconds), limit 15.0 seconds, beep 30.0 seconds"
        let expected = ["background beep.wav -12 thinking", first] + lines.map { $0 == "first" ? first : $0 }
        #expect(FlowTimeline(try FlowFixture.load(Self.detect).flow, answers).lines == expected)
    }

    static let collect = """
        sections:
          a:
            - collect:
                say: Your number?
                into: number
                minimum: 2
                maximum: 4
                matches: ["1*", "2*"]
                attempts: 2
                type_ahead: false
                no_match: Wrong.
                failed: b
            - say: "{{number as digits}}"
          b: [hang_up]
        """

    @Test(
        "a collection",
        arguments: [
            (["keys 12"], ["ask anew 4 to #: Your number?", "say 1 2", "hang up"]),
            (
                ["keys 1", "keys 2222"],
                ["ask anew 4 to #: Your number?", "ask anew 4 to #: Wrong. | Your number?", "say 2 2 2 2", "hang up"]
            ),
            (["keys", "keys 34"], ["ask anew 4 to #: Your number?", "ask anew 4 to #: Your number?", "hang up"]),
        ]
    )
    func collect(answers: [String], lines: [String]) throws {
        #expect(FlowTimeline(try FlowFixture.load(Self.collect).flow, answers).lines == lines)
    }

    static let request = """
        variables: {id: "a/b"}
        sections:
          a:
            - request:
                url: https://example.net/v1/{{id}}?from={{call.from}}
                bearer: {environment: KEY}
                headers: {X-From: "{{call.from}}"}
                json: {id: "{{id}}", count: 3, exact: "3", list: [true, null, -1.5, 007]}
                into: {day: appointment.day, first: list.0}
                status: {404: gone, 5xx: down, 204: hang_up}
                failed: bad
            - say: "{{day}} {{first}} {{request.status}}"
          gone: [{say: Gone.}]
          down: [{say: Down.}]
          bad: [{say: "Bad {{request.status}}{{day}}."}]
        """

    @Test(
        "a request leads on by its status",
        arguments: [
            (#"200 {"appointment": {"day": "Monday"}, "list": [7]}"#, "say Monday 7 200"),
            (#"201 {"list": []}"#, "say   201"), ("404", "say Gone."), ("503 {}", "say Down."), ("204", "hang up"),
            ("302", "say Bad 302."), ("200 <html>", "say Bad 200."), ("fails", "say Bad 0."),
        ]
    )
    func request(answer: String, line: String) throws {
        let lines = try run(Self.request, call: ["call.from": "+49 1"], answer)
        #expect(
            Array(lines.prefix(4)) == [
                #"POST https://example.net/v1/a%2Fb?from=%2B49%201 {"id":"a/b","count":3,"exact":"3","list":[true,null,-1.5,"007"]}"#,
                #"  X-From: text("+49 1")"#, "  Authorization: secret((secret))",
                #"  Content-Type: text("application/json")"#,
            ]
        )
        #expect(lines.dropFirst(4).first == line)
    }

    @Test("a form is encoded as a browser does")
    func form() throws {
        let yaml = """
            sections:
              a:
                - request: {url: "http://h/", form: {"a b": "{{call.from}}", c: ""}, failed: hang_up}
            """
        #expect(try run(yaml, call: ["call.from": "1&2"], "200").first == "POST http://h/ a%20b=1%262&c=")
    }

    static let record = """
        sections:
          a:
            - record: {say: Speak., into: message, failed: none}
            - say: "Kept as {{message}}."
          none: [{say: "Nothing{{message}}."}]
        """

    @Test("a recording", arguments: [("file /r/1.wav", "say Kept as /r/1.wav."), ("fails", "say Nothing.")])
    func record(answer: String, line: String) throws {
        #expect(try run(Self.record, answer) == ["record: Speak.", line, "hang up"])
    }

    static let transfers = """
        variables: {desk: "204", nobody: ""}
        sections:
          a:
            - branch:
                - {when: call.to is 1, go: phone}
                - {when: call.to is 2, go: phones}
                - {when: call.to is 3, go: extension}
                - {when: call.to is 4, go: nobody}
                - {when: call.to is 5, go: bot}
            - hand_over: {bot: echo}
          phone: [{transfer: {phone: "+49 30 1", failed: sorry}}]
          phones: [{transfer: {phones: ["1", "{{desk}}"], ring: sequential}}]
          extension: [{transfer: {extension: "{{desk}}"}}]
          nobody: [{transfer: {flow: "{{nobody}}", failed: sorry}}]
          bot: [{transfer: {bot: "wss://b.example.net/{{desk}}"}}]
          sorry: [{say: Sorry.}]
        """

    @Test(
        "transfers",
        arguments: [
            ("1", [#"transfer phone("+49 30 1")"#, "say Sorry.", "hang up"]),
            ("2", [#"transfer phones(["1", "204"], strategy: VALUE)"#, "hang up"]),
            ("3", [#"transfer extension("204")"#, "hang up"]), ("4", ["say Sorry.", "hang up"]),
            ("5", [#"transfer bot(url: "wss://b.example.net/204")"#, "hang up"]), ("6", ["hand over echo"]),
        ]
    )
    func transfers(to: String, lines: [String]) throws {
        let strategy = "\(TransferTarget.phones([], strategy: .sequential))".split(separator: "strategy: ")[1]
            .dropLast()
        let expected = lines.map { $0.replacing("VALUE", with: strategy) }
        #expect(try run(Self.transfers, call: ["call.to": to], "fails") == expected)
    }

    @Test("an answer that was not asked for ends the flow")
    func misplaced() throws {
        var interpreter = FlowInterpreter(try FlowFixture.load(Self.menu).flow)
        _ = interpreter.next(.begin)
        #expect(interpreter.next(.done) == .fail("the flow was told something that it did not ask for; it ends here"))
        #expect(interpreter.next(.begin) == .fail("the flow was told something that it did not ask for; it ends here"))
    }

    @Test("a flow that goes in circles ends, with the place", arguments: ["hang_up", "a"])
    func circles(target: String) throws {
        let yaml = "maximum_steps: 10\nsections:\n  a:\n    - say: Round.\n    - go: \(target)"
        let lines = try run(yaml)
        if target == "a" {
            #expect(lines.count == 6)
            #expect(
                lines.last?.hasPrefix("fail the call has taken 10 steps, the last in `a[0]`; look for a way") == true
            )
        } else {
            #expect(lines == ["say Round.", "hang up"])
        }
    }
}
