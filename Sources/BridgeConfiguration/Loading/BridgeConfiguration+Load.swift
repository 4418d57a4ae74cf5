// SPDX-License-Identifier: Apache-2.0
package import CallModel
package import ConfigurationReading
internal import Yams

extension BridgeConfiguration {
    /// Reads and checks one configuration file.
    ///
    /// The result depends on the arguments alone: nothing is looked up in the world but through `environment` and
    /// `readFile`. Certificates, keys, prompts and secrets named by the file are read, so that one that is missing is
    /// found here and not by the first call.
    ///
    /// - Parameters:
    ///   - yaml: the file's text, at most 1 MiB.
    ///   - file: its name, for messages.
    ///   - bots: the bots that a route can name.
    ///   - dialects: the dialects that a route can name.
    ///   - receivers: the kinds that a receiver can name.
    ///   - callControls: the platforms that a route's call control can name.
    ///   - environment: variables for `${NAME}`.
    ///   - overrides: flags that stand over the file; those that make a route have no meaning here and are a fault.
    ///   - readFile: gives a file's bytes. What it throws is shown, so it should describe itself in a few words.
    /// - Returns: the checked configuration.
    /// - Throws: every fault that was found.
    package static func load(
        yaml: String,
        file: String,
        bots: [BotDescription],
        dialects: [DialectSchema],
        receivers: [PartSchema] = [],
        callControls: [PartSchema] = [],
        environment: [String: String],
        overrides: ServeFlags = ServeFlags(),
        readFile: @escaping (String) throws -> [UInt8]
    ) throws(ConfigurationError) -> BridgeConfiguration {
        let context = ReadingContext(environment: environment, nameOfPath: ServeFlags.flag, readFile: readFile)
        for flag in overrides.routeFlags {
            context.report("has no meaning beside a file; set it in the routes of the file", path: flag, mark: .none)
        }
        let document: ConfigurationDocument
        do {
            document = try ConfigurationDocument(yaml, context: context)
        } catch {
            throw ConfigurationError(file: file, faults: context.faults + [error])
        }
        let empty = Node("", .implicit, .plain, nil)
        let written = ConfigurationNode(document.root ?? empty, path: "", document: document, context: context)
        guard !written.isNull else {
            let fault = ConfigurationFault.whole("the file is empty; give it at least one entry under `routes`")
            throw ConfigurationError(file: file, faults: context.faults + [fault])
        }
        let tree = overrides.applied(to: written.node, anchored: document.anchored)
        let root = ConfigurationNode(tree, path: "", document: document, context: context)
        let reader = SectionReader(
            bots: bots,
            dialects: dialects,
            receivers: receivers,
            callControls: callControls,
            context: context
        )
        let configuration = reader.read(root)
        guard let configuration, context.faults.isEmpty else {
            throw ConfigurationError(file: file, faults: context.faults)
        }
        return configuration
    }

    /// Checks the flags of `serve` as a file of one route.
    ///
    /// - Parameters:
    ///   - flags: the flags. Without `--no-auth` a token must be in them: one is made where none was given.
    ///   - bots: the bots that `--bot` can name.
    ///   - dialects: the dialects that `--dialect` can name.
    ///   - readFile: gives a file's bytes, for the certificate and its key.
    /// - Returns: the checked configuration.
    /// - Throws: every fault that was found, under the name of its flag.
    package static func make(
        from flags: ServeFlags,
        bots: [BotDescription],
        dialects: [DialectSchema],
        readFile: @escaping (String) throws -> [UInt8]
    ) throws(ConfigurationError) -> BridgeConfiguration {
        let context = ReadingContext(environment: [:], nameOfPath: ServeFlags.flag, readFile: readFile)
        if flags.bot != nil, flags.flow != nil {
            context.report("and --flow exclude each other; keep one of them", path: "--bot", mark: .none)
            throw ConfigurationError(file: "", faults: context.faults)
        }
        let root = ConfigurationNode(flags.document, path: "", document: nil, context: context)
        let reader = SectionReader(bots: bots, dialects: dialects, isFlagsOnly: true, context: context)
        let configuration = reader.read(root)
        guard let configuration, context.faults.isEmpty else {
            throw ConfigurationError(file: "", faults: context.faults)
        }
        return configuration
    }
}
