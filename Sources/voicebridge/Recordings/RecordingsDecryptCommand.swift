// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeConfiguration
import CallModel
import CallRecords
import Foundation

/// `voicebridge recordings decrypt`.
struct RecordingsDecryptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decrypt",
        abstract: "Writes a sealed recording as the WAV or Opus file that it is.",
        discussion: """
            The key is that of recording.encryption_key: from the configuration, or alone in a file. A recording whose \
            server died is written as far as it goes, which is said.
            """
    )

    @Argument(help: "The sealed recording.")
    var input: String

    @Argument(help: "The file to write, which must not be there yet.")
    var output: String

    @Option(help: "The configuration file whose key it is.")
    var config: String?

    @Option(help: "A file with the key: 64 hexadecimal digits.")
    var keyFile: String?

    mutating func validate() throws {
        guard (config == nil) != (keyFile == nil) else {
            throw ValidationError("give one of --config FILE and --key-file FILE")
        }
    }

    mutating func run() throws {
        let finding = try RecordingOpener(key: key()).open(input, to: output)
        let length = String(format: "%.1f s", finding.seconds)
        let story = finding.isWhole ? length : "\(length); it ends early: its server died"
        try StandardOutput.write(result: story + "\n")
    }

    private func key() throws -> String {
        if let keyFile {
            guard let data = FileManager.default.contents(atPath: keyFile),
                let text = String(bytes: data, encoding: .utf8)
            else { throw ValidationError("--key-file: \(keyFile) cannot be read") }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let configuration = try ConfigurationFile.loadOrExit(config ?? "-")
        guard let key = configuration.recording.encryptionKey else {
            throw ValidationError("recording.encryption_key is not set in this configuration")
        }
        return key.reveal()
    }
}
