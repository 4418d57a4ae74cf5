// SPDX-License-Identifier: Apache-2.0

import VoiceBridge

extension IntentTable {
    /// The table of the assistant that comes with the server: a small company's front desk.
    package static let builtIn = IntentTable(
        greeting: "Welcome to Voice Bridge. You can say opening hours, address, sales, support, or operator. "
            + "Say repeat that to hear an answer again, and goodbye when you are done.",
        notUnderstood: "Sorry, I did not get that. You can say opening hours, address, sales, support, or operator.",
        silence: "Are you still there? You can say opening hours, address, sales, support, or operator.",
        farewell: "I cannot hear you. Goodbye.",
        intents: [
            Intent(
                ["opening hours", "when are you open"],
                digit: DTMFDigit("1"),
                reply: "We are open from nine to five, Monday to Friday."
            ),
            Intent(
                ["address", "where are you"],
                digit: DTMFDigit("2"),
                reply: "You find us at twelve Bridge Road, on the second floor."
            ),
            Intent(
                ["sales", "buy something"],
                digit: DTMFDigit("3"),
                reply: "One moment please, I am connecting you to sales.",
                action: .transfer(.phone("09810000003"))
            ),
            Intent(
                ["support", "i need help"],
                digit: DTMFDigit("4"),
                reply: "One moment please, I am connecting you to support.",
                action: .transfer(.extension("204"))
            ),
            Intent(
                ["operator", "speak to somebody"],
                digit: DTMFDigit("0"),
                reply: "One moment please, I am connecting you to an operator.",
                action: .transfer(.flow("operator"))
            ),
            Intent(["repeat that", "say that again"], digit: DTMFDigit("9"), reply: "Sure.", isRepetition: true),
            Intent(["goodbye", "that is all"], reply: "Thank you for calling. Goodbye.", action: .hangUp),
        ]
    )
}
