// SPDX-License-Identifier: Apache-2.0

/// What one reading of a configuration carries along: the world outside the file, and the faults found so far.
final class ReadingContext {
    /// Variables for `${NAME}`.
    let environment: [String: String]
    /// Whether there is no file and every value came from a flag, so that advice names flags.
    let isFlagsOnly: Bool
    /// Faults in the order in which they were found.
    private(set) var faults: [ConfigurationFault] = []

    private var mergeCount = 0
    private let readFile: (String) throws -> [UInt8]
    private var contents: [String: Result<[UInt8], any Error>] = [:]

    init(
        environment: [String: String],
        isFlagsOnly: Bool = false,
        readFile: @escaping (String) throws -> [UInt8]
    ) {
        self.environment = environment
        self.isFlagsOnly = isFlagsOnly
        self.readFile = readFile
    }

    /// Adds a fault.
    ///
    /// A setting that no file holds is named by its flag.
    func report(_ message: String, path: String, mark: SourceMark) {
        let name = mark == .none ? ServeFlags.flag(forPath: path) ?? path : path
        let fault = ConfigurationFault(path: name, line: mark.line, column: mark.column, message: message)
        if !faults.contains(fault) { faults.append(fault) }
    }

    /// The bytes of a file; each file is read once.
    func bytes(ofFile path: String) -> Result<[UInt8], any Error> {
        if let known = contents[path] { return known }
        let result = Result { try readFile(path) }
        contents[path] = result
        return result
    }

    /// Counts one more merged mapping; false beyond `limit`.
    func countMerge(upTo limit: Int) -> Bool {
        mergeCount += 1
        return mergeCount <= limit
    }
}
