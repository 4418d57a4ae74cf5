// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// Checks the options of a bot or a dialect against what it says it takes.
package struct OptionReader {
    /// Who takes the options, for messages: `the bot receptionist`.
    package let owner: String
    /// What it takes.
    package let options: [BotOption]

    /// A reader of what `owner` takes.
    package init(owner: String, options: [BotOption]) {
        self.owner = owner
        self.options = options
    }

    /// The options given in a mapping, with defaults for the rest.
    package func read(_ mapping: MappingReader) -> BotOptions {
        var mapping = mapping
        var values = BotOptions()
        for option in options {
            if let node = mapping.take(option.name) {
                values[option.name] = value(of: option, in: node) ?? option.defaultValue
            } else {
                values[option.name] = option.defaultValue
                if option.isRequired && option.defaultValue == nil {
                    mapping.reportMissing(option.name, "\(owner) needs it: \(option.summary)")
                }
            }
        }
        if options.isEmpty {
            for entry in mapping.entries {
                mapping.node.context.report(
                    "is not known; \(owner) has no options",
                    path: entry.value.path,
                    mark: entry.keyMark
                )
            }
        } else {
            mapping.finish()
        }
        return values
    }

    private func value(of option: BotOption, in node: ConfigurationNode) -> BotOptionValue? {
        switch option.kind {
        case .text: node.text(allowsEmpty: true).map(BotOptionValue.text)
        case .file: node.file("a file").map(BotOptionValue.text)
        case .flag: node.flag().map(BotOptionValue.flag)
        case .integer(let range): node.integer(in: range).map(BotOptionValue.integer)
        case .duration(let range): node.duration(in: range).flatMap { $0 }.map(BotOptionValue.duration)
        case .choice(let words): node.word(among: words).map(BotOptionValue.text)
        case .secret: node.secret(.text).map(BotOptionValue.secret)
        case .list: node.texts(allowsEmpty: true).map(BotOptionValue.list)
        case .map: texts(in: node).map(BotOptionValue.map)
        }
    }

    private func texts(in node: ConfigurationNode) -> [String: String]? {
        guard let mapping = MappingReader(node) else { return nil }
        var texts: [String: String] = [:]
        for entry in mapping.entries { texts[entry.key] = entry.value.text(allowsEmpty: true) }
        return texts
    }
}
