// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import OutboundHTTP
import PlatformAPIs

/// A command that asks a platform for something, or shows how it would.
protocol PlatformCommand: AsyncParsableCommand {
    /// The first word of its errors.
    static var word: String { get }
    /// What it does with the request.
    var sending: SendingOptions { get }
    /// Where its secrets come from.
    var secrets: [SecretSource] { get }
    /// The requests.
    ///
    /// - Throws: `PlatformRequestError` for options that the platform would refuse; what keeps it from reading a file.
    func task() throws -> PlatformTask
}

extension PlatformCommand {
    mutating func validate() throws {
        for secret in secrets { try secret.check(isRequired: !sending.dryRun) }
    }

    mutating func run() async throws {
        try await run(client: URLSessionClient()) { try StandardOutput.write(result: $0) }
    }

    /// Runs with another client and output.
    func run(client: any HTTPClient, write: (String) throws -> Void) async throws {
        do {
            let task = try task()
            if sending.dryRun { return try write(task.preview(json: sending.json)) }
            let exchange = PlatformExchange(client: client, deadline: .seconds(sending.timeout))
            try write(task.result(try await task.send(exchange), json: sending.json))
        } catch let error as PlatformRequestError {
            StandardError.write(line: "\(Self.word): \(error)")
            throw ExitCode.validationFailure
        } catch {
            StandardError.write(line: "\(Self.word): \(error)")
            throw ExitCode.failure
        }
    }
}
