// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallModel
import TransportSecurity

/// `voicebridge check URL --as PLATFORM`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Asks a server for an upgrade as a platform would, and says what a proxy between broke.",
        discussion: """
            Tries an upgrade without credentials, which must be refused, and one that is signed as the platform signs \
            it, which must be accepted; an accepted one is closed again before a call starts. When it is refused, \
            further ones find out whether a proxy drops a header field, rewrites the path, or loses scheme or query. \
            Run it from where the platform is: outside.

            Exit status 0 when the platform's requests get in and others do not, 1 when not, 64 for wrong use.
            """
    )

    @Argument(help: "The URL as the platform was given it: wss://HOST/PATH.")
    var url: String

    @Option(name: .customLong("as"), help: "Whom to be.")
    var platform: CheckedPlatform

    @Option(help: "The environment variable with the secret.")
    var secretEnvironment: String?

    @Option(help: "The file with the secret.")
    var secretFile: String?

    @Option(help: "With --as basic: the user.")
    var user: String?

    @Option(help: "With --as header: the name of the field that carries the secret.")
    var field: String?

    @Option(help: "With --as genesys: the environment variable with the API key.")
    var apiKeyEnvironment: String?

    @Option(help: "With --as genesys: the file with the API key.")
    var apiKeyFile: String?

    @Option(help: "A PEM file of the authorities to trust instead of the system's.")
    var trust: String?

    mutating func validate() throws {
        try secretSource.check(isRequired: true)
        guard (platform == .basic) == (user != nil) else {
            throw ValidationError("--user goes with --as basic, which needs it")
        }
        guard (platform == .header) == (field != nil) else {
            throw ValidationError("--field goes with --as header, which needs it")
        }
        let keys = (apiKeyEnvironment == nil ? 0 : 1) + (apiKeyFile == nil ? 0 : 1)
        guard keys == (platform == .genesys ? 1 : 0) else {
            throw ValidationError("one of --api-key-environment and --api-key-file goes with --as genesys")
        }
        guard url.hasPrefix("wss://") || url.hasPrefix("ws://") else {
            throw ValidationError("'\(url.prefix(200))' is no WebSocket URL; write wss://HOST/PATH")
        }
    }

    mutating func run() async throws {
        let finding: CheckFinding
        do {
            var check = UpgradeCheck(url: url, platform: platform, credentials: try credentials())
            if let trust { check.security.trustRoots = .only(.file(trust)) }
            finding = try await check.finding()
        } catch {
            StandardError.write(line: "check: \(error)")
            throw ExitCode.failure
        }
        try StandardOutput.write(result: "\(url): \(finding.text)\n")
        guard finding.isGood else { throw ExitCode.failure }
    }

    private func credentials() throws -> CheckCredentials {
        let secret = try secretSource.read() ?? Secret("")
        var credentials = CheckCredentials(secret: secret, user: user ?? "", field: field ?? "")
        if let key = try apiKeySource.read() { credentials.apiKey = key }
        return credentials
    }

    private var secretSource: SecretSource {
        SecretSource(name: "secret", environment: secretEnvironment, file: secretFile)
    }

    private var apiKeySource: SecretSource {
        SecretSource(name: "api-key", environment: apiKeyEnvironment, file: apiKeyFile)
    }
}
