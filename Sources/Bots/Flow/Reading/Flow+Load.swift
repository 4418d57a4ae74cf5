// SPDX-License-Identifier: Apache-2.0

package import ConfigurationReading
internal import VoiceBridge

extension Flow {
    /// Reads and checks a flow file.
    ///
    /// The result depends on the arguments alone. Sounds and secrets named by the file are read, so that one that is missing
    /// is found here and not by the first call.
    ///
    /// - Parameters:
    ///   - yaml: the file's text, at most 1 MiB.
    ///   - file: its name, for messages.
    ///   - environment: variables for `${NAME}`.
    ///   - surroundings: what there will be when it runs.
    ///   - readFile: gives the bytes of a file named in the flow, whose path may be relative to the flow's folder. What it
    ///     throws is shown.
    /// - Returns: the flow with its sounds.
    /// - Throws: every fault that was found.
    package static func load(
        yaml: String,
        file: String,
        environment: [String: String] = [:],
        surroundings: FlowSurroundings = FlowSurroundings(),
        readFile: @escaping (String) throws -> [UInt8]
    ) throws(ConfigurationError) -> LoadedFlow {
        let context = ReadingContext(environment: environment, readFile: readFile)
        let document: ConfigurationDocument
        do {
            document = try ConfigurationDocument(yaml, context: context)
        } catch {
            throw ConfigurationError(file: file, faults: context.faults + [error])
        }
        guard let tree = document.root else { throw Self.empty(file) }
        let root = ConfigurationNode(tree, path: "", document: document, context: context)
        guard !root.isNull else { throw Self.empty(file) }
        var reader = FlowReader(context: context, surroundings: surroundings)
        let flow = reader.read(root)
        guard let flow, context.faults.isEmpty else { throw ConfigurationError(file: file, faults: context.faults) }
        return LoadedFlow(flow: flow, sounds: reader.sounds, warnings: reader.warnings)
    }

    private static func empty(_ file: String) -> ConfigurationError {
        let message = "the file is empty; give it at least one entry under `sections`"
        return ConfigurationError(
            file: file,
            faults: [ConfigurationFault(path: "", line: 1, column: 1, message: message)]
        )
    }
}
