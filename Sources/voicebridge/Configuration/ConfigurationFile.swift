// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bots
import BridgeConfiguration
import Foundation

/// Configuration files of this machine, checked against the bots and dialects of this program.
enum ConfigurationFile {
    /// Largest file that a configuration may name, in bytes.
    static let maximumBytes = 16 << 20

    /// Why a file cannot be read, in a few words.
    struct Unreadable: Error, CustomStringConvertible {
        var description: String
    }

    /// The configuration of a file.
    ///
    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - overrides: flags that stand over the file.
    ///   - environment: variables for `${NAME}`.
    /// - Returns: the checked configuration.
    /// - Throws: every fault of the file.
    static func load(
        _ path: String,
        overrides: ServeFlags = ServeFlags(),
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationError) -> BridgeConfiguration {
        let name = path == "-" ? "standard input" : path
        return try BridgeConfiguration.load(
            yaml: text(ofFile: path, name: name),
            file: name,
            bots: BuiltInBots.descriptions,
            dialects: BuiltInDialects.schemas,
            receivers: BuiltInReceivers.schemas,
            callControls: BuiltInCallControls.schemas,
            environment: environment,
            overrides: overrides,
            readFile: read
        )
    }

    /// The configuration that flags alone make.
    static func make(from flags: ServeFlags) throws(ConfigurationError) -> BridgeConfiguration {
        try BridgeConfiguration.make(
            from: flags,
            bots: BuiltInBots.descriptions,
            dialects: BuiltInDialects.schemas,
            readFile: read
        )
    }

    /// The configuration of a file; its faults go to standard error, a line each, and end the program with status 1.
    static func loadOrExit(_ path: String) throws(ExitCode) -> BridgeConfiguration {
        do {
            return try load(path)
        } catch {
            StandardError.write(line: "\(error)")
            throw ExitCode.failure
        }
    }

    /// The bytes of a file that a configuration names.
    static func read(_ path: String) throws -> [UInt8] {
        // Standard input is no file that a server could read again.
        try bytes(ofFile: path == "-" ? "./-" : path)
    }

    private static func text(ofFile path: String, name: String) throws(ConfigurationError) -> String {
        let problem: String
        do {
            if let text = String(validating: try bytes(ofFile: path), as: UTF8.self) { return text }
            problem = "is not UTF-8; save it as UTF-8"
        } catch {
            problem = "cannot be read (\(error)); check the path and who may read it"
        }
        throw ConfigurationError(
            file: name,
            faults: [ConfigurationFault(path: "", line: 0, column: 0, message: problem)]
        )
    }

    /// The bytes of a file; `-` is standard input.
    static func bytes(ofFile path: String) throws(Unreadable) -> [UInt8] {
        do {
            let source = try ByteSource(path: path)
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            var all: [UInt8] = []
            while all.count <= maximumBytes {
                let count = try source.read(into: &buffer)
                if count == 0 { return all }
                all += buffer.prefix(count)
            }
        } catch AudioCommandError.cannotOpen(_, let reason), AudioCommandError.cannotRead(_, let reason) {
            throw Unreadable(description: reason)
        } catch {
            throw Unreadable(description: "\(error)")
        }
        throw Unreadable(description: "more than \(maximumBytes) bytes")
    }
}
