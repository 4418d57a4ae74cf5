// SPDX-License-Identifier: Apache-2.0

package import ConfigurationReading
internal import FoundationEssentials

/// A flow file of this machine, and the files that it names beside it.
package struct FlowFile: Sendable, Equatable {
    /// Largest file that a flow may name, in bytes.
    package static let maximumBytes = 64 << 20

    /// The file's path.
    package var path: String

    /// A file.
    package init(path: String) { self.path = path }

    /// Reads and checks the flow.
    ///
    /// - Parameters:
    ///   - surroundings: what there will be when it runs.
    ///   - environment: variables for `${NAME}`.
    /// - Returns: the flow with its sounds.
    /// - Throws: every fault of the file.
    package func load(
        _ surroundings: FlowSurroundings,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationError) -> LoadedFlow {
        try Flow.load(
            yaml: try text(),
            file: path,
            environment: environment,
            surroundings: surroundings,
            readFile: { try Self.bytes(ofFile: resolve($0)) }
        )
    }

    /// What tells whether the flow is still as it was: when each of its files was written, and how large it is.
    package struct Fingerprint: Sendable, Equatable {
        var stamps: [String: Stamp]

        struct Stamp: Sendable, Equatable {
            /// Where symbolic links lead: a file may be changed by leading its link elsewhere.
            var target: String
            var modified: Date?
            var size: UInt64?
        }
    }

    /// The fingerprint of the file and of those of its sounds that are files.
    package func fingerprint(_ sounds: some Sequence<FlowSound>) -> Fingerprint {
        var stamps = [path: Self.stamp(path)]
        for case .file(let name) in sounds { stamps[resolve(name)] = Self.stamp(resolve(name)) }
        return Fingerprint(stamps: stamps)
    }

    /// A path of the flow, from where this program runs.
    func resolve(_ name: String) -> String {
        if name.hasPrefix("/") { return name }
        guard let slash = path.lastIndex(of: "/") else { return name }
        return path[...slash] + name
    }

    private static func stamp(_ path: String) -> Fingerprint.Stamp {
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        return Fingerprint.Stamp(
            target: target,
            modified: attributes?[.modificationDate] as? Date,
            size: attributes?[.size] as? UInt64
        )
    }

    private func text() throws(ConfigurationError) -> String {
        let problem: String
        do {
            if let text = String(validating: try Self.bytes(ofFile: path), as: UTF8.self) { return text }
            problem = "is not UTF-8; save it as UTF-8"
        } catch {
            problem = "cannot be read (\(error.description)); check the path and who may read it"
        }
        let fault = ConfigurationFault(path: "", line: 0, column: 0, message: problem)
        throw ConfigurationError(file: path, faults: [fault])
    }

    /// Why a file cannot be read, in a few words.
    struct Unreadable: Error, CustomStringConvertible {
        var description: String
    }

    static func bytes(ofFile path: String) throws(Unreadable) -> [UInt8] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Unreadable(description: "there is no such file")
        }
        guard !isFolder else { throw Unreadable(description: "it is a folder") }
        let attributes = try? FileManager.default.attributesOfItem(atPath: stamp(path).target)
        // Reading from anything else, such as a pipe, might never end.
        guard attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw Unreadable(description: "it is no regular file")
        }
        if let size = attributes?[.size] as? UInt64, size > UInt64(maximumBytes) {
            throw Unreadable(description: "more than \(maximumBytes >> 20) MiB")
        }
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Unreadable(description: "may this user read it?")
        }
    }
}
