// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeConfiguration
import CallModel
import Digests
import Operations
import OutboundHTTP

/// `voicebridge webhooks test`.
struct WebhooksTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Sends a signed event of the type webhook.test once, and says what came back.",
        discussion: """
            Either a URL, or the name of an endpoint in the configuration that --config names. Exit status 1 when it was not \
            taken: the answer is not between 200 and 299, or there is none in time.
            """
    )

    @Argument(help: "The URL, or with --config the endpoint's name.")
    var target: String

    @Option(help: "The configuration file whose endpoint is tried, with its secret.")
    var config: String?

    @Option(help: "The environment variable with the secret. Without a secret, one is made and printed.")
    var secretEnvironment: String?

    @Option(help: "The file with the secret.")
    var secretFile: String?

    @Option(help: "The signature's hash function: sha256 or sha512. (default: sha256)")
    var algorithm: Algorithm?

    @Option(help: "Seconds until an answer must be there, 1 to 60. (default: 10)")
    var timeout: Int?

    @Flag(help: "Allow http to others than this machine.")
    var plain = false

    /// The hash functions.
    enum Algorithm: String, ExpressibleByArgument, CaseIterable {
        case sha256, sha512
    }

    func validate() throws {
        try secretSource.check(isRequired: false)
        if let timeout, !(1...60).contains(timeout) { throw ValidationError("--timeout: give 1 to 60 seconds") }
        guard config == nil else {
            guard secretEnvironment == nil, secretFile == nil, algorithm == nil, timeout == nil, !plain else {
                throw ValidationError("--config says secret, algorithm, timeout and plain; leave them off")
            }
            return
        }
        guard let url = WebhookURL(target) else {
            let advice = "give https://host/path, or a name and --config FILE"
            throw ValidationError("'\(target.prefix(64))' is no URL; \(advice)")
        }
        guard url.isSecure || url.isLoopback || plain else {
            throw ValidationError("\(target.prefix(64)) is not encrypted; give https, or add --plain")
        }
    }

    mutating func run() async throws {
        let endpoint = try endpoint()
        let result = try await EndpointClient(endpoint, client: URLSessionClient()).test()
        var lines = [
            "event      \(result.eventID)",
            "signature  \(result.signature)",
            "answer     \(result.answer), after \(result.time.wholeMilliseconds) ms",
        ]
        if !result.body.isEmpty { lines.append("body       \(result.body)") }
        try StandardOutput.write(result: lines.map { $0 + "\n" }.joined())
        guard result.isTaken else { throw ExitCode.failure }
    }

    private var secretSource: SecretSource {
        SecretSource(name: "secret", environment: secretEnvironment, file: secretFile)
    }

    private func endpoint() throws -> WebhookEndpoint {
        if let config {
            let endpoints = try ConfigurationFile.loadOrExit(config).webhooks.endpoints
            guard let endpoint = endpoints.first(where: { $0.name == target }) else {
                let names = endpoints.map(\.name).joined(separator: ", ")
                throw ValidationError(
                    "there is no endpoint '\(target.prefix(64))' in \(config); it has \(names.isEmpty ? "none" : names)"
                )
            }
            return endpoint
        }
        var secret = try secretSource.read()
        if secret == nil {
            let made = try SecureRandom.bytes(24).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            StandardError.write(line: "no secret is given; signed with one that was made: \(made)")
            secret = Secret(made)
        }
        return WebhookEndpoint(
            name: "test",
            url: target,
            secret: secret ?? Secret(""),
            algorithm: algorithm == .sha512 ? .sha512 : .sha256,
            timeout: .seconds(timeout ?? 10),
            isPlainAllowed: plain
        )
    }
}
