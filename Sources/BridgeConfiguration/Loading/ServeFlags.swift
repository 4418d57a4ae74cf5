// SPDX-License-Identifier: Apache-2.0

/// The flags of `voicebridge serve`: a file of one route without the file, or a few settings over those of a file.
package struct ServeFlags: Sendable, Equatable {
    /// `--host`: `listen.host`.
    package var host: String?
    /// `--port`: `listen.port`.
    package var port: Int?
    /// `--plain`: `listen.plain`.
    package var plain = false
    /// `--tls-certificate`: `listen.tls.certificate`.
    package var certificate: String?
    /// `--tls-key`: `listen.tls.key`.
    package var key: String?
    /// `--dialect`: the dialect of the one route.
    ///
    /// Default `ivr-solutions`.
    package var dialect: String?
    /// `--bot`: the bot of the one route.
    ///
    /// Default `receptionist`.
    package var bot: String?
    /// `--flow`: the file of the bot `flow`, which then is the bot of the one route.
    package var flow: String?
    /// `--bot-option`: options of the one route's bot by name, each one text, number, time or word.
    package var botOptions: [String: String] = [:]
    /// `--token`: the bearer token of the one route, or the one that was made where none was given.
    package var token: String?
    /// `--no-auth`: an open route.
    package var noAuth = false
    /// `--i-know`: allows an open route on an address that is not loopback.
    package var iKnow = false
    /// `--admin-port`: `admin.port`.
    package var adminPort: Int?
    /// `--records`: `records.path`.
    package var records: String?

    /// No flags.
    package init() {}

    /// The flag that sets a path; nil when none does.
    static func flag(forPath path: String) -> String? {
        switch path {
        case "listen.host": "--host"
        case "listen.port": "--port"
        case "listen.plain": "--plain"
        case "listen.tls", "listen.tls.certificate": "--tls-certificate"
        case "listen.tls.key": "--tls-key"
        case "admin.port": "--admin-port"
        case "records.path": "--records"
        case "routes[0].dialect": "--dialect"
        case "routes[0].bot": "--bot"
        case "routes[0].bot_options.file": "--flow"
        case _ where path.hasPrefix("routes[0].bot_options."):
            "--bot-option \(path.dropFirst("routes[0].bot_options.".count))"
        case "routes[0].authentication.bearer": "--token"
        case "routes[0].authentication.none", "routes[0].authentication": "--no-auth"
        default: nil
        }
    }
}
