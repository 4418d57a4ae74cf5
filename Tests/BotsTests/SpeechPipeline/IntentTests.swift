// SPDX-License-Identifier: Apache-2.0

import Bots
import CallModel
import ConfigurationReading
import Synchronization
import Testing
import VoiceBridge

@Suite("A table of intents") struct IntentTests {
    private static func pressed(_ key: Character) throws -> ReplyOccasion { .pressed(try #require(DTMFDigit(key))) }

    /// What a generator wrote, as text: the pieces joined, then what it does.
    private static func reply(
        to occasion: ReplyOccasion,
        lines: [SpokenConversation.Line] = [],
        table: IntentTable = .builtIn,
        openingLine: String? = nil
    ) async throws -> String {
        var start = CallStart(callID: CallID("c"), streamID: "s", platform: "ivr-solutions")
        start.parameters["text"] = openingLine
        let written = Mutex("")
        let writer = ReplyWriter { text, interruption in
            written.withLock { $0 += (interruption == .protected && $0.isEmpty ? "(protected) " : "") + text }
        } act: { action in
            written.withLock { $0 += " -> \(action)" }
        }
        let conversation = SpokenConversation(start: start, lines: lines)
        try await IntentGenerator(table).reply(to: occasion, in: conversation, into: writer)
        return written.withLock { $0 }
    }

    @Test(
        "Finds the longest phrase that was said, in whole words",
        arguments: [
            ("opening hours", "opening hours"), ("Well, the OPENING HOURS please!", "opening hours"),
            ("sales", "sales"), ("wholesales", nil), ("hours opening", nil), ("", nil), ("... ?", nil),
            ("sales or that is all", "goodbye"), ("say that again", "repeat that"),
        ]
    )
    func finds(text: String, phrase: String?) {
        #expect(IntentTable.builtIn.intent(for: text)?.phrases.first == phrase)
    }

    @Test(
        "Answers what happened",
        arguments: try [
            (.said("address"), "You find us at twelve Bridge Road, on the second floor."),
            (pressed("2"), "You find us at twelve Bridge Road, on the second floor."),
            (.said("banana"), IntentTable.builtIn.notUnderstood),
            (pressed("5"), IntentTable.builtIn.notUnderstood),
            (.notUnderstood, IntentTable.builtIn.notUnderstood),
            (.callBegan, IntentTable.builtIn.greeting),
            (.silent(times: 1), IntentTable.builtIn.silence),
            (.silent(times: 3), "(protected) I cannot hear you. Goodbye. -> hangUp"),
            (.said("goodbye"), "(protected) Thank you for calling. Goodbye. -> hangUp"),
            (
                .said("support"),
                "(protected) One moment please, I am connecting you to support."
                    + " -> transfer(CallModel.TransferTarget.extension(\"204\"))"
            ),
        ] as [(ReplyOccasion, String)]
    )
    func answers(occasion: ReplyOccasion, expected: String) async throws {
        #expect(try await Self.reply(to: occasion) == expected)
    }

    @Test("The platform's opening line stands over the greeting")
    func openingLine() async throws {
        #expect(try await Self.reply(to: .callBegan, openingLine: "Namaste.") == "Namaste.")
    }

    @Test(
        "Repeats what was said last, whole, even if it was cut off or itself a repetition",
        arguments: [
            (
                [.init(.bot, "We are open from nine to", isCutOff: true)],
                "We are open from nine to five, Monday to Friday."
            ),
            (
                [
                    .init(.bot, "You find us at twelve Bridge Road, on the second floor."),
                    .init(.caller, "repeat that"),
                    .init(.bot, "Sure. You find us", isCutOff: true),
                ], "You find us at twelve Bridge Road, on the second floor."
            ),
            ([.init(.bot, "Welcome to", isCutOff: true)], IntentTable.builtIn.greeting),
            ([], IntentTable.builtIn.greeting),
        ] as [([SpokenConversation.Line], String)]
    )
    func repeats(lines: [SpokenConversation.Line], expected: String) async throws {
        #expect(try await Self.reply(to: .said("repeat that"), lines: lines) == "Sure. " + expected)
    }

    @Test("A file says what callers want and hear; what it leaves out is the built-in table's")
    func file() throws {
        let table = try IntentTable.load(
            yaml: """
                greeting: Hello, this is the garage.
                intents:
                  - phrases: [Tyres, new tyres]
                    digit: "1"
                    reply: We have them.
                  - phrases: [workshop]
                    reply: I connect you.
                    transfer: {phone: "+49 30 1234"}
                  - digit: "*"
                    reply: ""
                    repeats: true
                  - phrases: [bye]
                    reply: Bye.
                    hang_up: true
                """,
            file: "garage.yaml"
        )
        var expected = IntentTable.builtIn
        expected.greeting = "Hello, this is the garage."
        expected.intents = [
            Intent(["tyres", "new tyres"], digit: DTMFDigit("1"), reply: "We have them."),
            Intent(["workshop"], reply: "I connect you.", action: .transfer(.phone("+49 30 1234"))),
            Intent([], digit: DTMFDigit("*"), reply: "", isRepetition: true),
            Intent(["bye"], reply: "Bye.", action: .hangUp),
        ]
        #expect(table == expected)
    }

    @Test(
        "Every fault of a file is found, with its line",
        arguments: [
            ("", [1]), ("greeting: Hello", [1]), ("intents: []", [1]),
            ("intents:\n  - phrases: [a]\n    reply: b\n    digits: 1", [4]),
            ("intents:\n  - reply: b\n  - phrases: [a]", [2, 3]),
            ("intents:\n  - phrases: [a]\n    digit: \"12\"\n    reply: b", [3]),
            (
                "intents:\n  - phrases: [a]\n    reply: b\n    hang_up: true\n    transfer: {phone: \"1\", flow: x}",
                [5, 5]
            ),
            ("intents:\n  - phrases: [a]\n    reply: b\n    transfer: {}", [4]),
        ]
    )
    func faults(yaml: String, lines: [Int]) {
        let error = #expect(throws: ConfigurationError.self) { try IntentTable.load(yaml: yaml, file: "f.yaml") }
        #expect(error?.faults.map(\.line).sorted() == lines)
    }
}
