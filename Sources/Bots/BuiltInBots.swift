// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// The bots that come with the server, as a configuration names them.
package enum BuiltInBots {
    /// A kind of bot and how one is made from a route's checked options.
    package struct Entry: Sendable {
        package let description: BotDescription
        package let make: @Sendable (BotOptions) throws -> any ConversationHandler

        /// A kind of bot.
        package init(
            description: BotDescription,
            make: @escaping @Sendable (BotOptions) throws -> any ConversationHandler
        ) {
            self.description = description
            self.make = make
        }
    }

    /// All of them, without services of the program.
    package static let all = entries(Services())

    /// All of them.
    package static func entries(_ services: Services) -> [Entry] {
        [
            Entry(
                description: BotDescription(
                    name: "echo",
                    summary: "plays back what the caller says, as a stage on the event loop",
                    options: [sampleRate]
                ),
                make: { EchoBot(audioFormat: format(of: $0)) }
            ),
            Entry(
                description: BotDescription(
                    name: "echo-task",
                    summary: "plays back what the caller says, as a task",
                    options: [sampleRate]
                ),
                make: { EchoTaskBot(audioFormat: format(of: $0)) }
            ),
            Entry(description: receptionist, make: makeReceptionist),
            Entry(description: realtime, make: makeRealtime),
            Entry(description: flowDescription, make: makeFlow(services)),
        ]
    }

    static let sampleRate = BotOption(
        name: "sample_rate",
        kind: .choice(["8000", "16000", "24000", "48000"]),
        default: .text("16000"),
        summary: "rate in hertz at which the bot hears and speaks"
    )

    static func format(of options: BotOptions) -> AudioFormat {
        options.text("sample_rate").flatMap { Int($0) }
            .flatMap { AudioFormat(encoding: .linear16, sampleRate: $0) } ?? .linear16kHz
    }

    private static let receptionist = BotDescription(
        name: "receptionist",
        summary: "greets, offers a menu by digits, and connects to sales, support or an operator",
        options: [
            BotOption(
                name: "sales",
                kind: .text,
                default: .text("09810000003"),
                summary: "telephone number that digit 1 transfers to"
            ),
            BotOption(
                name: "support",
                kind: .text,
                default: .text("204"),
                summary: "extension that digit 2 transfers to"
            ),
            BotOption(
                name: "operator",
                kind: .text,
                default: .text("operator"),
                summary: "flow of the platform that digit 0 transfers to"
            ),
            BotOption(
                name: "prompts",
                kind: .text,
                summary: "folder of WAV files that replace the built-in prompts of the same names"
            ),
            BotOption(
                name: "no_input_timeout",
                kind: .duration(.seconds(1) ... .seconds(60)),
                default: .duration(.seconds(5)),
                summary: "how long to wait for a digit after the menu"
            ),
            BotOption(
                name: "attempts",
                kind: .integer(1...10),
                default: .integer(3),
                summary: "how often the menu is played to a caller who makes no choice"
            ),
        ]
    )

    private static let makeReceptionist: @Sendable (BotOptions) throws -> any ConversationHandler = { options in
        var targets = ReceptionistBot.Targets()
        targets.sales = options.text("sales") ?? targets.sales
        targets.support = options.text("support") ?? targets.support
        targets.operatorFlow = options.text("operator") ?? targets.operatorFlow
        return ReceptionistBot(
            prompts: try ReceptionistPrompts(folder: options.text("prompts")),
            targets: targets,
            noInputTimeout: options.duration("no_input_timeout") ?? .seconds(5),
            attempts: options.integer("attempts") ?? 3
        )
    }
}
