// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeConfiguration
import CallRecords

/// Where the records are.
struct RecordsOptions: ParsableArguments {
    @Option(help: "The records' file, as in records.path of the configuration.")
    var records: String?

    @Option(help: "The configuration file that names it.")
    var config: String?

    func validate() throws {
        guard (records == nil) != (config == nil) else {
            throw ValidationError("give one of --records FILE and --config FILE")
        }
    }

    /// Opens the records.
    func open() throws -> RecordReader {
        if let records { return try RecordReader(path: records) }
        let configuration = try ConfigurationFile.loadOrExit(config ?? "-")
        guard let path = configuration.records.path else {
            throw ValidationError("records.path is off in this configuration: no calls are recorded")
        }
        return try RecordReader(path: path)
    }
}
