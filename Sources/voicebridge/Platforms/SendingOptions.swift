// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// What commands that ask a platform have in common.
struct SendingOptions: ParsableArguments {
    @Flag(help: "Print the request, its secrets hidden, and send nothing. Reads no secrets.")
    var dryRun = false

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(help: "Seconds that one request and its answer may take.")
    var timeout = 10

    mutating func validate() throws {
        guard (1...300).contains(timeout) else { throw ValidationError("--timeout \(timeout): give 1 to 300 seconds") }
    }
}

/// The token of an account.
struct TokenOptions: ParsableArguments {
    @Option(help: "The environment variable with the account's token.")
    var tokenEnvironment: String?

    @Option(help: "The file with the account's token.")
    var tokenFile: String?

    var source: SecretSource { SecretSource(name: "token", environment: tokenEnvironment, file: tokenFile) }
}

/// When the platform is to dial.
struct ScheduleOptions: ParsableArguments {
    @Option(help: "When to dial, as \"YYYY-mm-dd HH:MM:SS\"; at once if left out.")
    var at: String?

    @Option(help: "The zone of that time, such as Asia/Kolkata.")
    var timeZone: String?

    mutating func validate() throws {
        guard timeZone == nil || at != nil else {
            throw ValidationError("--time-zone has a meaning beside --at only; take it out")
        }
    }
}
