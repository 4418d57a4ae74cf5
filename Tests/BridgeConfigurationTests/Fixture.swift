// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel

/// A world for a configuration: two bots, two dialects, a few files.
enum Fixture {
    /// Every kind of option once.
    static let options: [BotOption] = [
        BotOption(name: "greeting", kind: .text, default: .text("Hello: $5 \"off\""), summary: "What it says first."),
        BotOption(name: "script", kind: .file, summary: "What it follows."),
        BotOption(name: "polite", kind: .flag, default: .flag(true), summary: "Whether it says please."),
        BotOption(name: "attempts", kind: .integer(1...9), default: .integer(3), summary: "How often it asks."),
        BotOption(
            name: "patience",
            kind: .duration(.seconds(1) ... .seconds(60)),
            default: .duration(.milliseconds(5_500)),
            summary: "How long it waits."
        ),
        BotOption(name: "voice", kind: .choice(["low", "high"]), default: .text("low"), summary: "How it sounds."),
        BotOption(name: "api_key", kind: .secret, summary: "What it shows upstream."),
        BotOption(name: "words", kind: .list, default: .list(["yes", "no"]), summary: "What it knows."),
        BotOption(
            name: "menu",
            kind: .map,
            default: .map(["1": "sales", "0": "operator"]),
            summary: "Where keys lead."
        ),
    ]

    static let bots = [
        BotDescription(name: "receptionist", summary: "Answers.", options: options),
        BotDescription(name: "echo", summary: "Repeats."),
        BotDescription(
            name: "strict",
            summary: "Insists.",
            options: [BotOption(name: "sales", kind: .text, summary: "The number of sales.", isRequired: true)]
        ),
    ]

    static let dialects = [
        DialectSchema(
            name: "ivr-solutions",
            options: [
                BotOption(name: "marks", kind: .flag, default: .flag(false), summary: "Whether marks are sent."),
                BotOption(
                    name: "audio_out",
                    kind: .choice(["json", "binary"]),
                    default: .text("json"),
                    summary: "How audio is sent."
                ),
            ],
            hasConfigAPI: true,
            problem: { options in
                let isBoth = options.flag("marks") && options.text("audio_out") == "binary"
                return isBoth ? "marks and binary audio do not go together; choose one" : nil
            }
        ),
        DialectSchema(name: "exotel"),
    ]

    static let receivers = [
        PartSchema(
            name: "callbacks",
            summary: "Takes callbacks.",
            options: [
                BotOption(name: "key", kind: .secret, summary: "Signs them."),
                BotOption(name: "size", kind: .integer(1...9), default: .integer(4), summary: "How many are kept."),
            ],
            problem: { $0.integer("size") == 7 ? "seven is taken; choose another size" : nil }
        ),
        PartSchema(name: "silent", summary: "Takes nothing."),
    ]

    static let callControls = [
        PartSchema(
            name: "exotel",
            summary: "Keeps targets.",
            options: [BotOption(name: "country", kind: .text, default: .text("IN"), summary: "Of numbers.")]
        ),
        PartSchema(
            name: "rest",
            summary: "Asks.",
            options: [
                BotOption(name: "account", kind: .text, summary: "Whose calls.", isRequired: true),
                BotOption(name: "token", kind: .secret, summary: "Its key.", isRequired: true),
            ]
        ),
    ]

    /// Files that can be read.
    static let files: [String: String] = [
        "cert.pem": "certificate", "key.pem": "key", "ca.pem": "authorities", "sorry.wav": "RIFF", "flow.txt": "steps",
        "/run/token": "from-a-file\n", "/run/credentials/voicebridge/token": "from-systemd\r\n", "/run/empty": "\n",
    ]

    struct NoSuchFile: Error, CustomStringConvertible {
        var description: String { "No such file or directory" }
    }

    static func readFile(_ path: String) throws -> [UInt8] {
        guard let text = files[path] else { throw NoSuchFile() }
        return Array(text.utf8)
    }

    static func load(
        _ yaml: String,
        environment: [String: String] = [:],
        overrides: ServeFlags = ServeFlags()
    ) throws(ConfigurationError) -> BridgeConfiguration {
        try BridgeConfiguration.load(
            yaml: yaml,
            file: "v.yaml",
            bots: bots,
            dialects: dialects,
            receivers: receivers,
            callControls: callControls,
            environment: environment,
            overrides: overrides,
            readFile: readFile
        )
    }

    /// What is wrong with a text, a line each.
    static func faults(
        _ yaml: String,
        environment: [String: String] = [:],
        overrides: ServeFlags = ServeFlags()
    ) -> [String] {
        do {
            _ = try load(yaml, environment: environment, overrides: overrides)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    /// The smallest good file.
    static let smallest = """
        routes:
          - authentication: {bearer: t0ken}

        """

    /// A good route in a file with other sections before it.
    static func with(_ sections: String) -> String { sections + "\n" + smallest }

    /// A good route with settings of its own.
    static func route(_ settings: String) -> String {
        smallest + settings.split(separator: "\n").map { "    \($0)\n" }.joined()
    }
}
