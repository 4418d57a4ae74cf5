// SPDX-License-Identifier: Apache-2.0

import Bots
import ConfigurationReading
import Testing
import VoiceBridge

/// A flow and the faults that it must have, place and words.
struct FlowFaultCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var yaml: String
    var faults: [String]

    init(_ name: String, _ yaml: String, _ faults: String...) {
        testDescription = name
        self.yaml = yaml
        self.faults = faults
    }

    /// A flow of one section, whose one step begins in line 3, column 7.
    static func step(_ name: String, _ step: String, _ faults: String...) -> FlowFaultCase {
        var row = FlowFaultCase(name, "sections:\n  a:\n    - \(step)\n")
        row.faults = faults
        return row
    }
}

@Suite("Faults of a flow")
struct FlowFaultTests {
    static let files: [FlowFaultCase] = [
        FlowFaultCase("nothing", "", "1:1: the file is empty; give it at least one entry under `sections`"),
        FlowFaultCase("a list", "- a", "1:1: is not a mapping; write its settings as `key: value` lines below it"),
        FlowFaultCase(
            "no sections",
            "name: x",
            "1:1: sections: is missing; give at least one, a name with a list of steps"
        ),
        FlowFaultCase(
            "empty sections",
            "sections: {}",
            "1:11: sections: has no section; give at least one, a name with a list of steps"
        ),
        FlowFaultCase(
            "a section without steps",
            "sections: {a: []}",
            "1:15: sections.a: has no steps; give at least one"
        ),
        FlowFaultCase(
            "a section that is no list",
            "sections:\n  a: {say: x}",
            "2:6: sections.a: is not a list; write each entry after `- `"
        ),
        FlowFaultCase(
            "a reserved name",
            "begin: again\nsections: {again: [hang_up]}",
            "2:12: sections.again: means something else where a step leads; take another name"
        ),
        FlowFaultCase(
            "begin nowhere",
            "begin: mein\nsections: {main: [hang_up]}",
            "1:8: begin: leads to `mein`, which is no section; did you mean `main`?"
        ),
        FlowFaultCase(
            "unknown top key",
            "variabels: {}\nsections: {a: [hang_up]}",
            "1:1: variabels: is not a known key; did you mean `variables`?"
        ),
        FlowFaultCase(
            "bad variable",
            "variables: {\"1st\": x}\nsections: {a: [hang_up]}",
            "1:13: variables.1st: is no name of a variable; use letters, digits and `_`, a letter first, at most 64"
        ),
        FlowFaultCase(
            "steps out of range",
            "maximum_steps: 5\nsections: {a: [hang_up]}",
            "1:16: maximum_steps: `5` is out of range; give 10…100000"
        ),
        FlowFaultCase(
            "a section given twice",
            "sections:\n  a: [hang_up]\n  a: [hang_up]",
            "3:3: sections.a: is given already at line 2; keep one of them"
        ),
        FlowFaultCase(
            "a step that nothing reaches",
            "sections:\n  a:\n    - go: b\n    - hang_up\n  b: [hang_up]",
            "4:7: sections.a[1]: is never reached, for `go` above it always leads elsewhere; take one of them out"
        ),
        FlowFaultCase(
            "a lone dollar",
            "sections:\n  a:\n    - say: That is $5",
            "3:12: sections.a[0].say: has a `$` that names no variable; write `${NAME}`, or `$$` for a dollar sign"
        ),
    ]

    static let steps: [FlowFaultCase] = [
        .step(
            "a word",
            "hangup",
            "3:7: sections.a[0]: is not a mapping; write its settings as `key: value` lines below it"
        ),
        .step(
            "a kind that is not",
            "colect: {}",
            "3:7: sections.a[0].colect: is no kind of step; did you mean `collect`?"
        ),
        .step(
            "two kinds",
            "say: x\n      play: beep.wav",
            "4:7: sections.a[0].play: stands beside `say`; a step has one key: put `- ` before another step, or indent "
                + "a setting further"
        ),
        .step("say nothing", "say:", "3:11: sections.a[0].say: is empty; give a text to say, or remove the key"),
        .step(
            "say without text",
            "say: {audio: beep.wav}",
            "3:12: sections.a[0].say.text: is missing; give what is said, also when `audio` has it as sound"
        ),
        .step(
            "open braces",
            "say: \"Hello {{name\"",
            "3:12: sections.a[0].say: has `{{` without `}}`; close it"
        ),
        .step(
            "a variable that nothing sets",
            "say: \"Hello {{call.form}}\"",
            "3:12: sections.a[0].say: has `{{…}}` that names no variable; write `{{name}}`"
        ),
        .step(
            "a variable that nothing sets, nearly",
            "collect: {into: reference, say: \"{{refrence}}\"}",
            "3:39: sections.a[0].collect.say: reads the variable `refrence`, which nothing sets; did you mean `reference`?"
        ),
        .step(
            "interruption",
            "say: {text: x, interruption: all}",
            "3:36: sections.a[0].say.interruption: `all` is not one of digits, speech or none; give digits, speech or none"
        ),
        .step(
            "a sound that is not there",
            "play: no.wav",
            "3:13: sections.a[0].play: cannot read the sound (no such file); check the path and who may read it"
        ),
        .step(
            "two sounds",
            "play: {file: beep.wav, prompt: goodbye}",
            "3:13: sections.a[0].play: needs one sound; give one of `file` and `prompt`"
        ),
        .step(
            "menu without keys",
            "menu: {say: x}",
            "3:13: sections.a[0].menu.keys: is missing; give `KEY: SECTION` lines"
        ),
        .step(
            "menu of a word",
            "menu: {keys: {yes: a}}",
            "3:21: sections.a[0].menu.keys.yes: is no key of a telephone; give one of 0-9, \"*\" and \"#\", quoted where "
                + "it is no digit"
        ),
        .step(
            "menu to nowhere",
            "menu: {keys: {1: b}}",
            "3:24: sections.a[0].menu.keys.1: leads to `b`, which is no section; add it under `sections`"
        ),
        .step(
            "menu with too many attempts",
            "menu: {keys: {1: a}, attempts: 11, timeout: 1h}",
            "3:38: sections.a[0].menu.attempts: `11` is out of range; give 1…10",
            "3:51: sections.a[0].menu.timeout: `1h` is out of range; give 100ms…30s"
        ),
        .step(
            "collect into nothing",
            "collect: {digits: 4}",
            "3:16: sections.a[0].collect.into: is missing; name the variable that takes the keys"
        ),
        .step(
            "collect more than it may",
            "collect: {into: x, digits: 21}",
            "3:34: sections.a[0].collect.digits: `21` is out of range; give 1…20"
        ),
        .step(
            "collect with two lengths",
            "collect: {into: x, digits: 2, maximum: 3}",
            "3:46: sections.a[0].collect.maximum: stands beside `digits`; keep one of them"
        ),
        .step(
            "collect the wrong way round",
            "collect: {into: x, minimum: 5, maximum: 3}",
            "3:35: sections.a[0].collect.minimum: is more than `maximum`; lower it"
        ),
        .step(
            "a terminator that is no key",
            "collect: {into: x, terminator: hash}",
            "3:38: sections.a[0].collect.terminator: `hash` is no key of a telephone; give a key such as \"#\" or none"
        ),
        .step(
            "record into nothing",
            "record: {maximum: 10m}",
            "3:15: sections.a[0].record.into: is missing; name the variable that takes the file's path",
            "3:25: sections.a[0].record.maximum: `10m` is out of range; give 1s…5m"
        ),
        .step("set nothing", "set: {}", "3:12: sections.a[0].set: sets nothing; give `name: value` lines"),
        .step(
            "set what the call has",
            "set: {call.from: x}",
            "3:13: sections.a[0].set.call.from: is no name of a variable; use letters, digits and `_`, a letter first, at most 64"
        ),
        .step(
            "branch without a way",
            "branch: [{when: call.from is empty}]",
            "3:16: sections.a[0].branch[0].go: is missing; name the section that this leads to"
        ),
        .step(
            "branch behind what is always taken",
            "branch: [{go: a}, {when: call.from is empty, go: a}]",
            "3:16: sections.a[0].branch[0]: has no `when` and so is always taken; put it last"
        ),
        .step(
            "condition without a verb",
            "branch: [{when: call.from, go: a}]",
            "3:23: sections.a[0].branch[0].when: does not say what `call.from` shall be; use `is`, `is not`, `in`, `matches`, "
                + "`<`, `<=`, `>` or `>=`"
        ),
        .step(
            "condition that goes on",
            "branch: [{when: call.from is a b, go: a}]",
            "3:23: sections.a[0].branch[0].when: has `b` behind a whole condition; put `and` or `or` between two, quotes around "
                + "texts"
        ),
        .step(
            "condition on a number that is none",
            "branch: [{when: call.from > many, go: a}]",
            "3:23: sections.a[0].branch[0].when: compares with `many`, which is no number; use `is` for texts"
        ),
        .step(
            "request without anything",
            "request: {}",
            "3:16: sections.a[0].request.url: is missing; give the URL to ask",
            "3:16: sections.a[0].request.failed: is missing; name the section for when there is no good answer"
        ),
        .step(
            "request to a file",
            "request: {url: \"file:///etc/passwd\", failed: hang_up}",
            "3:22: sections.a[0].request.url: is no URL; begin with https:// or http://"
        ),
        .step(
            "request to whom the caller likes",
            "request: {url: \"https://{{call.from}}/\", failed: hang_up}",
            "3:22: sections.a[0].request.url: has a variable in its host; write the host out, with a `/` behind it"
        ),
        .step(
            "request to a host that the caller may finish",
            "request: {url: \"https://example.net{{call.from}}\", failed: hang_up}",
            "3:22: sections.a[0].request.url: has a variable in its host; write the host out, with a `/` behind it"
        ),
        .step(
            "request with a user",
            "request: {url: \"https://me:pw@example.net/\", failed: hang_up}",
            "3:22: sections.a[0].request.url: has a user, a space or a control character in it; put secrets into `bearer` or "
                + "`headers`"
        ),
        .step(
            "GET with a body",
            "request: {url: \"https://example.net/\", method: GET, json: {a: 1}, failed: hang_up}",
            "3:54: sections.a[0].request.method: carries no body; use POST, or take the body out"
        ),
        .step(
            "status that is none",
            "request: {url: \"https://example.net/\", status: {4x: hang_up}, failed: hang_up}",
            "3:55: sections.a[0].request.status.4x: is no status; give one such as 404, or a class such as 4xx"
        ),
        .step(
            "field without a path",
            "request: {url: \"https://example.net/\", into: {x: a..b}, failed: hang_up}",
            "3:56: sections.a[0].request.into.x: `a..b` is no path of a field; write up to 16 keys with dots between them"
        ),
        .step(
            "transfer to two",
            "transfer: {phone: \"1\", sip: \"sip:a@b\"}",
            "3:17: sections.a[0].transfer: needs one target; give one of phone, phones, extension, flow, bot or sip"
        ),
        .step(
            "transfer to a name",
            "transfer: {phone: sales}",
            "3:25: sections.a[0].transfer.phone: `sales` is no telephone number; give digits, with or without `+`"
        ),
        .step(
            "ring one",
            "transfer: {phone: \"1\", ring: sequential}",
            "3:36: sections.a[0].transfer.ring: has a meaning beside `phones` only; take it out"
        ),
        .step(
            "hand over to nobody",
            "hand_over: {}",
            "3:18: sections.a[0].hand_over.bot: is missing; name the bot that goes on with the call"
        ),
        .step(
            "detect by a key that is not asked for",
            "detect: {method: key, silence: 1s}",
            "3:15: sections.a[0].detect: asks for no key; give `say` or `play`",
            "3:38: sections.a[0].detect.silence: has a meaning beside `method: silence` only; take it out"
        ),
        .step(
            "detect with a question and without a key",
            "detect: {say: Hello, beep: 1ms}",
            "3:15: sections.a[0].detect: says something with a method that listens to the greeting; set `method: key`, or "
                + "say nothing",
            "3:34: sections.a[0].detect.beep: `1ms` is out of range; give 1s…5m or off"
        ),
        .step(
            "background of two sounds",
            "background: {file: beep.wav, prompt: goodbye}",
            "3:19: sections.a[0].background: needs one sound; give one of `file` and `prompt`"
        ),
        .step(
            "background that is too loud",
            "background: {file: beep.wav, gain: 6}",
            "3:42: sections.a[0].background.gain: `6` is out of range; give -60…0"
        ),
        .step(
            "confer, which is not there",
            "confer: machine",
            "3:7: sections.a[0].confer: is no kind of step; give one of say, menu, collect, record, detect, background, set, branch, request, sms, transfer, go, play, hand_over or hang_up"
        ),
    ]

    @Test("the file", arguments: files)
    func wholeFile(_ row: FlowFaultCase) { #expect(FlowFixture.faults(row.yaml) == row.faults) }

    @Test("steps", arguments: steps)
    func oneStep(_ row: FlowFaultCase) { #expect(FlowFixture.faults(row.yaml) == row.faults) }

    @Test("what the surroundings have not is a fault that says what to do")
    func surroundings() {
        let yaml = """
            sections:
              a:
                - say: Hello
                - say: {text: Hello, audio: beep.wav}
                - play: beep.wav
                - record: {into: message}
                - hand_over: {bot: ech, options: {rate: 8}}
            """
        let echo = BotDescription(name: "echo", summary: "", options: [])
        let nothing = FlowSurroundings(hasSynthesizer: false, hasRecordings: false, bots: [echo])
        #expect(
            FlowFixture.faults(yaml, nothing) == [
                "3:12: sections.a[0].say: needs a synthesizer; set the bot's option `voice_url`, or write "
                    + "`{text: …, audio: FILE.wav}`",
                "6:15: sections.a[3].record: needs a folder for recordings; set the bot's option `recordings`",
                "7:24: sections.a[4].hand_over.bot: `ech` is not one of echo; did you mean `echo`?",
            ]
        )
        #expect(FlowFixture.faults(yaml) == [])
    }

    @Test("a sound that is none is refused")
    func noSound() {
        let faults = FlowFixture.faults("sections: {a: [{play: text.wav}]}")
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("1:23: sections.a[0].play: cannot be played: ") == true)
    }

    @Test("values of the bot's options must be variables of the flow")
    func overrides() throws {
        let yaml = "variables: {desk: \"1\"}\nsections: {a: [{say: \"{{desk}}\"}]}"
        #expect(
            FlowFixture.faults(yaml, FlowSurroundings(variables: ["dsk": "2"])) == [
                "1:12: variables: has no `dsk`, for which a value is given; did you mean `desk`?"
            ]
        )
        let flow = try FlowFixture.load(yaml, FlowSurroundings(variables: ["desk": "2"])).flow
        #expect(flow.variables == ["desk": "2"])
    }

    @Test("a section that nothing leads to is a warning")
    func unreached() throws {
        let loaded = try FlowFixture.load("sections:\n  a: [hang_up]\n  b: [hang_up]\n")
        #expect(loaded.warnings.map(\.description) == ["3:3: sections.b: is never reached; lead to it, or take it out"])
    }
}
