// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeConfiguration
import BridgeServer
import CallModel
import Digests
import Foundation
import Logging
import Operations
import ServiceLifecycle
import UnixSignals

/// `voicebridge serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answers calls until told to stop.",
        discussion: """
            Standard output carries `token T`, when a token was made, and `listening on ws[s]://HOST:PORT`; all else goes \
            to standard error. SIGTERM and SIGINT let live calls end and refuse new ones, and given again hang them up; \
            SIGHUP reads the configuration, and all that it names, anew for new calls. Without --config one route is \
            served: the path /v1/DIALECT, answered by the bot.
            """
    )

    @Option(help: "The configuration file.")
    var config: String?

    @Option(help: "The address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to listen on; 0 takes a free one. (default: 8443)")
    var port: Int?

    @Flag(help: "Serve ws:// without TLS.")
    var plain = false

    @Option(help: "PEM file with the certificate, its chain after it. Without one, one is made for loopback.")
    var tlsCertificate: String?

    @Option(help: "PEM file with the certificate's private key.")
    var tlsKey: String?

    @Option(help: "The platform's dialect. (default: ivr-solutions)")
    var dialect: String?

    @Option(help: "The bot that answers; see `voicebridge bots`. (default: receptionist)")
    var bot: String?

    @Option(help: "The flow that answers, a YAML file: the bot `flow` with nothing but this option.")
    var flow: String?

    @Option(
        name: .customLong("bot-option"),
        parsing: .singleValue,
        help: "An option of the bot, NAME=VALUE; may be given again. Lists, maps and secrets need a file."
    )
    var botOptions: [String] = []

    @Option(help: "The token that platforms send as `Authorization: Bearer T`. Without one, one is made and printed.")
    var token: String?

    @Flag(help: "Let anybody connect.")
    var noAuth = false

    @Flag(help: "Allow --no-auth on an address that others reach.")
    var iKnow = false

    @Option(help: "The port of /healthz, /readyz, /metrics and the admin API; 0 takes a free one. (default: 9090)")
    var adminPort: Int?

    @Option(help: "The file of the database in which calls are recorded. Without one, none are.")
    var records: String?

    mutating func validate() throws {
        for text in botOptions where Self.pair(text) == nil {
            throw ValidationError("--bot-option: '\(text.prefix(64))' is no NAME=VALUE")
        }
    }

    /// Name and value of an option of the bot's.
    private static func pair(_ text: String) -> (String, String)? {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }

    mutating func run() async throws {
        var flags = flags
        var madeToken: Secret?
        if config == nil, token == nil, !noAuth {
            let made = try SecureRandom.bytes(24).map { String(format: "%02x", $0) }.joined()
            flags.token = made
            madeToken = Secret(made)
        }
        let parts = try ServeParts(try configuration(from: flags))
        let ended: Result<Void, any Error>
        do {
            ended = .success(try await serve(parts, flags, madeToken: madeToken))
        } catch {
            ended = .failure(error)
        }
        await parts.close()
        try ended.get()
    }

    /// Serves until told to stop.
    private func serve(_ parts: ServeParts, _ flags: ServeFlags, madeToken: Secret?) async throws {
        let server = try parts.makeServer()
        let logger = parts.logger
        if parts.configuration.listen.security == .selfSigned {
            logger.notice("serving a certificate made for loopback; no platform trusts it")
        }
        DescriptorLimit.raise()
        let process = ProcessInfo.processInfo
        let notifier = ServiceNotifier(
            environment: process.environment,
            process: process.processIdentifier,
            logger: logger
        )
        let service = ServerService(
            server: server,
            madeToken: madeToken,
            logger: logger,
            notifier: notifier
        ) { [self] _ in
            try parts.platforms.parts(self.configuration(from: flags))
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        parts.start()
        try await group.run()
    }

    /// The checked configuration; flags that cannot be are wrong use, a file that cannot be is a failure.
    private func configuration(from flags: ServeFlags) throws -> BridgeConfiguration {
        do {
            guard let config else { return try ConfigurationFile.make(from: flags) }
            return try ConfigurationFile.load(config, overrides: flags)
        } catch {
            let isWrongUse = error.faults.allSatisfy { $0.path.hasPrefix("--") && !$0.message.hasPrefix("cannot read") }
            throw isWrongUse ? ValidationError(error.description) : error
        }
    }

    private var flags: ServeFlags {
        var flags = ServeFlags()
        flags.host = host
        flags.port = port
        flags.plain = plain
        flags.certificate = tlsCertificate
        flags.key = tlsKey
        flags.dialect = dialect
        flags.bot = bot
        flags.flow = flow
        flags.botOptions = Dictionary(botOptions.compactMap(Self.pair)) { _, last in last }
        flags.token = token
        flags.noAuth = noAuth
        flags.iKnow = iKnow
        flags.adminPort = adminPort
        flags.records = records
        return flags
    }
}
