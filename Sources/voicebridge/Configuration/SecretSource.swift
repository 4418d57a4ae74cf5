// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallModel
import Foundation

/// Where a command takes a secret from: an environment variable or a file, never an argument, which others can see.
struct SecretSource {
    /// The options' common name, such as `token` for `--token-environment` and `--token-file`.
    var name: String
    /// The environment variable.
    var environment: String?
    /// The file.
    var file: String?

    /// Reports options that name no source, or two.
    ///
    /// - Parameter isRequired: whether there must be one.
    /// - Throws: `ValidationError`.
    func check(isRequired: Bool) throws {
        guard environment == nil || file == nil, !isRequired || environment != nil || file != nil else {
            throw ValidationError("give one of --\(name)-environment and --\(name)-file")
        }
    }

    /// The secret; nil when no source is named.
    ///
    /// - Throws: ``Unreadable``.
    func read() throws -> Secret? {
        if let environment {
            guard let value = ProcessInfo.processInfo.environment[environment], !value.isEmpty else {
                throw Unreadable(description: "the environment variable '\(environment)' is not set; set it")
            }
            return Secret(value)
        }
        guard let file else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try ConfigurationFile.read(file)
        } catch {
            throw Unreadable(description: "cannot read '\(file)' (\(error)); check the path and who may read it")
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw Unreadable(description: "'\(file)' is not UTF-8; put the secret alone into it")
        }
        while let last = text.last, last.isNewline { text.removeLast() }
        guard !text.isEmpty else { throw Unreadable(description: "'\(file)' is empty; put the secret into it") }
        return Secret(text)
    }

    /// The secret, or for a dry run, which shows none, something in its place; its source is not read then.
    ///
    /// - Throws: ``Unreadable``.
    func read(isDryRun: Bool) throws -> Secret {
        if isDryRun { return Secret("-") }
        guard let secret = try read() else {
            throw Unreadable(description: "give one of --\(name)-environment and --\(name)-file")
        }
        return secret
    }

    /// Why a secret cannot be read, and what to do.
    struct Unreadable: Error, CustomStringConvertible {
        /// Why; what to do.
        var description: String
    }
}
