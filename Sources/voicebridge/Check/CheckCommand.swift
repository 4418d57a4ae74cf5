// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Digests
import Foundation
import TransportSecurity

/// `voicebridge check URL --as PLATFORM`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Asks a server for an upgrade as a platform would, and says what a proxy between broke.",
        discussion: """
            Tries an upgrade without credentials, which must be refused, and one that is signed as the platform signs \
            it, which must be accepted; an accepted one is closed again before a call starts. Run it from where the \
            platform is: outside.

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

    @Option(help: "A PEM file of the authorities to trust instead of the system's.")
    var trust: String?

    mutating func validate() throws {
        guard (secretEnvironment == nil) != (secretFile == nil) else {
            throw ValidationError("give one of --secret-environment and --secret-file")
        }
        guard url.hasPrefix("wss://") || url.hasPrefix("ws://") else {
            throw ValidationError("'\(url.prefix(200))' is no WebSocket URL; write wss://HOST/PATH")
        }
    }

    mutating func run() async throws {
        let finding: CheckFinding
        do {
            finding = try await check(secret: secret())
        } catch {
            StandardError.write(line: "check: \(error)")
            throw ExitCode.failure
        }
        try StandardOutput.write(result: "\(url): \(finding.text)\n")
        guard finding.isGood else { throw ExitCode.failure }
    }

    private func check(secret: String) async throws -> CheckFinding {
        var security = TLSClientConfiguration()
        if let trust { security.trustRoots = .only(.file(trust)) }
        let bare = try await UpgradeProbe.status(CheckRequest(url: url), security)
        let shown = try await UpgradeProbe.status(signed(url, secret), security)
        guard shown == 403, platform.field != nil else { return CheckFinding(platform, bare: bare, shown: shown) }
        let own = url.prefix { $0 != ":" }
        for scheme in ["wss", "ws"] where scheme != own {
            let other = try signed(CheckRequest.url(url, scheme: scheme), secret)
            guard try await UpgradeProbe.status(other, security) == 101 else { continue }
            return CheckFinding(platform, bare: bare, shown: shown, otherScheme: scheme)
        }
        return CheckFinding(platform, bare: bare, shown: shown)
    }

    private func signed(_ signedURL: String, _ secret: String) throws -> CheckRequest {
        let nonce = try SecureRandom.bytes(16).reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
        let now = Int(Date().timeIntervalSince1970)
        return try platform.request(to: url, signing: signedURL, secret: secret, nonce: nonce, now: now)
    }

    private func secret() throws -> String {
        if let name = secretEnvironment {
            guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
                throw ValidationError("the environment variable '\(name)' is not set; set it")
            }
            return value
        }
        let bytes = try ConfigurationFile.read(secretFile ?? "")
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw ValidationError("the file with the secret is not UTF-8; put the secret alone into it")
        }
        while let last = text.last, last.isNewline { text.removeLast() }
        guard !text.isEmpty else { throw ValidationError("the file with the secret is empty; put the secret into it") }
        return text
    }
}
