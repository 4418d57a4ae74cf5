// SPDX-License-Identifier: Apache-2.0
import CallModel

/// The bots that a route can name.
enum BuiltInBots {
    /// In the order in which people see them.
    static let descriptions: [BotDescription] = [echo, echoTask, receptionist]

    private static let echo = BotDescription(
        name: "echo",
        summary: "Says back what it hears, chunk by chunk on the event loop."
    )

    private static let echoTask = BotDescription(
        name: "echo-task",
        summary: "Says back what it hears, as a bot of its own task."
    )

    private static let receptionist = BotDescription(
        name: "receptionist",
        summary: "Greets, offers a menu by digits, transfers to sales, support or an operator, and says goodbye.",
        options: [
            BotOption(
                name: "sales",
                kind: .text,
                default: .text("+911800000001"),
                summary: "Phone number to which digit 1 transfers."
            ),
            BotOption(
                name: "support",
                kind: .text,
                default: .text("204"),
                summary: "Extension to which digit 2 transfers."
            ),
            BotOption(
                name: "operator",
                kind: .text,
                default: .text("operator"),
                summary: "Flow of the platform to which digit 0 transfers."
            ),
            BotOption(
                name: "prompts",
                kind: .text,
                summary: "Directory of WAV files to play in place of the built-in prompts."
            ),
            BotOption(
                name: "no_input_timeout",
                kind: .duration(.seconds(1) ... .seconds(60)),
                default: .duration(.seconds(5)),
                summary: "Time without a digit after which the menu is said again."
            ),
            BotOption(
                name: "attempts",
                kind: .integer(1...10),
                default: .integer(3),
                summary: "Times the menu is said before goodbye."
            ),
        ]
    )
}
