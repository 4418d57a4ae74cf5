// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallModel
import VoiceBridgeTesting

/// The flags of `voicebridge call` by which the opening request is signed as the platform signs it.
struct CallSigning: ParsableArguments {
    @Option(help: "Sign as the platform: the environment variable with the secret (twilio, plivo, genesys).")
    var secretEnvironment: String?

    @Option(help: "Sign as the platform: the file with the secret.")
    var secretFile: String?

    @Option(help: "With --dialect genesys: the environment variable with the API key.")
    var apiKeyEnvironment: String?

    @Option(help: "With --dialect genesys: the file with the API key.")
    var apiKeyFile: String?

    @Option(name: .customLong("signed-url"), help: "The URL that is signed, where it is not the one that is called.")
    var signedURL: String?

    private var secret: SecretSource {
        SecretSource(name: "secret", environment: secretEnvironment, file: secretFile)
    }

    private var apiKey: SecretSource {
        SecretSource(name: "api-key", environment: apiKeyEnvironment, file: apiKeyFile)
    }

    /// Refuses flags that do not go together, before a secret is looked for.
    func check(_ dialect: SimulatedDialect) throws {
        try secret.check(isRequired: false)
        try apiKey.check(isRequired: false)
        let hasSecret = secretEnvironment != nil || secretFile != nil
        let hasKey = apiKeyEnvironment != nil || apiKeyFile != nil
        guard hasSecret || !hasKey && signedURL == nil else {
            throw ValidationError("--signed-url and --api-key-… go with --secret-environment or --secret-file")
        }
        guard hasSecret else { return }
        guard [.twilio, .plivo, .genesys].contains(dialect) else {
            throw ValidationError("--secret-…: \(dialect.rawValue) signs nothing; give its credentials with --header")
        }
        guard hasKey == (dialect == .genesys) else {
            throw ValidationError("--api-key-… goes with --dialect genesys, which needs it")
        }
    }

    /// The signature that the flags ask for, if they do.
    func signature(_ dialect: SimulatedDialect) throws -> PlatformSignature? {
        guard let secret = try secret.read() else { return nil }
        switch dialect {
        case .twilio: return .twilio(authToken: secret)
        case .plivo: return .plivo(authToken: secret)
        default: return try apiKey.read().map { .genesys(apiKey: $0, clientSecret: secret) }
        }
    }
}
