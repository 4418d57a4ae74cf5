// SPDX-License-Identifier: Apache-2.0
import CallModel

// Options that several platforms have.
extension BotOption {
    /// Whose calls they are.
    static func account(_ summary: String) -> BotOption {
        BotOption(name: "account", kind: .text, summary: summary, isRequired: true)
    }

    /// What proves it.
    static func token(_ summary: String) -> BotOption {
        BotOption(name: "token", kind: .secret, summary: summary, isRequired: true)
    }

    /// The number that whoever is called sees.
    static let callerID = BotOption(
        name: "caller_id",
        kind: .text,
        summary: "The number that whoever is called sees; without one the platform decides."
    )

    /// Where the platform's interface is.
    static func baseURL(_ url: String) -> BotOption {
        BotOption(
            name: "base_url",
            kind: .text,
            default: .text(url),
            summary: "Where the platform's interface is, for another region."
        )
    }

    /// What is wrong with a `base_url` and what to do; nil when it is good.
    static let baseURLProblem: @Sendable (BotOptions) -> String? = { options in
        guard let url = options.text("base_url") else { return nil }
        let isURL = url.hasPrefix("https://") || url.hasPrefix("http://")
        return isURL && !url.hasSuffix("/") ? nil : "base_url is no https:// URL without a slash at its end; give one"
    }
}
