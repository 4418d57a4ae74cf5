// SPDX-License-Identifier: Apache-2.0

/// A kind of bot as a configuration can name it: its name, what it does, and the options it takes.
public struct BotDescription: Sendable, Equatable {
    /// The name in the configuration, such as `receptionist`.
    public var name: String
    /// One line for `voicebridge bots`.
    public var summary: String
    /// The options it takes; any other is an error.
    public var options: [BotOption]

    /// A description.
    public init(name: String, summary: String, options: [BotOption] = []) {
        self.name = name
        self.summary = summary
        self.options = options
    }
}

/// One option of a bot.
public struct BotOption: Sendable, Equatable {
    /// What values an option takes.
    public enum Kind: Sendable, Equatable {
        /// Any text.
        case text
        /// A path of a readable file.
        case file
        /// Yes or no.
        case flag
        /// A whole number in a range.
        case integer(ClosedRange<Int>)
        /// A time such as `250ms` or `5s`, in a range.
        case duration(ClosedRange<Duration>)
        /// One of a few words.
        case choice([String])
        /// Text that is never shown.
        case secret
        /// A list of texts.
        case list
        /// Texts by name.
        case map
    }

    /// The option's key.
    public var name: String
    /// What values it takes.
    public var kind: Kind
    /// The value when none is given; nil means that there is none.
    public var defaultValue: BotOptionValue?
    /// One line for people.
    public var summary: String
    /// Whether a configuration must give it.
    public var isRequired: Bool

    /// An option.
    public init(
        name: String,
        kind: Kind,
        default defaultValue: BotOptionValue? = nil,
        summary: String,
        isRequired: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.defaultValue = defaultValue
        self.summary = summary
        self.isRequired = isRequired
    }
}

/// A checked value of a bot's option.
public enum BotOptionValue: Sendable, Equatable {
    /// Text, a file's path or a chosen word.
    case text(String)
    /// Yes or no.
    case flag(Bool)
    /// A whole number.
    case integer(Int)
    /// A time.
    case duration(Duration)
    /// Text that is never shown.
    case secret(Secret)
    /// A list of texts.
    case list([String])
    /// Texts by name.
    case map([String: String])
}

/// The checked options of one bot on one route: what was given, and defaults for the rest.
public struct BotOptions: Sendable, Equatable {
    private var values: [String: BotOptionValue]

    /// Options by name.
    public init(_ values: [String: BotOptionValue] = [:]) { self.values = values }

    /// The value of an option, if it was given or has a default.
    public subscript(name: String) -> BotOptionValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// The value of a text, file or choice option.
    public func text(_ name: String) -> String? {
        guard case .text(let value)? = values[name] else { return nil }
        return value
    }

    /// The value of a flag option; false when it has none.
    public func flag(_ name: String) -> Bool {
        guard case .flag(let value)? = values[name] else { return false }
        return value
    }

    /// The value of an integer option.
    public func integer(_ name: String) -> Int? {
        guard case .integer(let value)? = values[name] else { return nil }
        return value
    }

    /// The value of a duration option.
    public func duration(_ name: String) -> Duration? {
        guard case .duration(let value)? = values[name] else { return nil }
        return value
    }

    /// The value of a list option.
    public func list(_ name: String) -> [String]? {
        guard case .list(let value)? = values[name] else { return nil }
        return value
    }

    /// The value of a map option.
    public func map(_ name: String) -> [String: String]? {
        guard case .map(let value)? = values[name] else { return nil }
        return value
    }

    /// The value of a secret option.
    public func secret(_ name: String) -> Secret? {
        guard case .secret(let value)? = values[name] else { return nil }
        return value
    }
}
