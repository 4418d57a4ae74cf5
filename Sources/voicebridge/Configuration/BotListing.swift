// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel

/// Bots and their options as text for people.
enum BotListing {
    /// A paragraph per bot: its name, what it does, and a line per option.
    static func text(of bots: [BotDescription]) -> String {
        bots.map(paragraph).joined(separator: "\n")
    }

    private static func paragraph(_ bot: BotDescription) -> String {
        let names = bot.options.map(\.name.count).max() ?? 0
        let kinds = bot.options.map { kind(of: $0).count }.max() ?? 0
        let lines = bot.options.map { option in
            let columns = "\(padded(option.name, to: names))  \(padded(kind(of: option), to: kinds))"
            return "    \(columns)  \(option.summary)\(remark(on: option))\n"
        }
        return "\(bot.name)\n  \(bot.summary)\n" + lines.joined()
    }

    private static func kind(of option: BotOption) -> String {
        switch option.kind {
        case .text: "text"
        case .file: "file"
        case .flag: "true|false"
        case .integer(let range): "\(range.lowerBound)…\(range.upperBound)"
        case .duration(let range): "\(DurationText.write(range.lowerBound))…\(DurationText.write(range.upperBound))"
        case .choice(let words): words.joined(separator: "|")
        case .secret: "secret"
        case .list: "list"
        case .map: "map"
        }
    }

    private static func remark(on option: BotOption) -> String {
        if let value = option.defaultValue { return " Default \(shown(value))." }
        return option.isRequired ? " Required." : ""
    }

    private static func shown(_ value: BotOptionValue) -> String {
        switch value {
        case .text(let text): text.isEmpty ? "empty" : text
        case .flag(let flag): "\(flag)"
        case .integer(let integer): "\(integer)"
        case .duration(let duration): DurationText.write(duration)
        case .secret(let secret): "\(secret)"
        case .list(let list): "[\(list.joined(separator: ", "))]"
        case .map(let map):
            "{\(map.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
        }
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
