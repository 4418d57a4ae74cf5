// SPDX-License-Identifier: Apache-2.0

/// What one reading of a configuration carries along: the world outside the file, and the faults found so far.
package final class ReadingContext {
    /// Variables for `${NAME}`.
    package let environment: [String: String]
    /// Faults in the order in which they were found.
    package private(set) var faults: [ConfigurationFault] = []

    private var mergeCount = 0
    private var valueCount = 0
    private let nameOfPath: (String) -> String?
    private let readFile: (String) throws -> [UInt8]
    private var contents: [String: Result<[UInt8], any Error>] = [:]

    /// The world of one reading.
    ///
    /// - Parameters:
    ///   - environment: variables for `${NAME}`.
    ///   - nameOfPath: the name, such as a flag, of a setting that no file holds.
    ///   - readFile: gives a file's bytes; what it throws is shown.
    package init(
        environment: [String: String],
        nameOfPath: @escaping (String) -> String? = { _ in nil },
        readFile: @escaping (String) throws -> [UInt8]
    ) {
        self.environment = environment
        self.nameOfPath = nameOfPath
        self.readFile = readFile
    }

    /// Faults that are looked for; what is found beyond is not kept.
    package static let maximumFaults = 500
    /// Values that one file may have, those that an alias repeats counted each time.
    package static let maximumValues = 100_000

    /// Adds a fault.
    ///
    /// A setting that no file holds has the name that the context has for it, such as a flag's.
    package func report(_ message: String, path: String, mark: SourceMark) {
        guard faults.count < Self.maximumFaults else { return }
        let name = mark == .none ? nameOfPath(path) ?? path : path
        let fault = ConfigurationFault(path: name, line: mark.line, column: mark.column, message: message)
        if !faults.contains(fault) { faults.append(fault) }
    }

    /// The bytes of a file; each file is read once.
    package func bytes(ofFile path: String) -> Result<[UInt8], any Error> {
        if let known = contents[path] { return known }
        let result = Result { try readFile(path) }
        contents[path] = result
        return result
    }

    /// Counts one more merged mapping; false beyond `limit`.
    package func countMerge(upTo limit: Int) -> Bool {
        mergeCount += 1
        return mergeCount <= limit
    }

    /// Counts one more value; false beyond ``maximumValues``, which is reported once.
    ///
    /// A few hundred bytes of aliases to lists of aliases stand for more values than anybody can read.
    func countValue(path: String, mark: SourceMark) -> Bool {
        valueCount += 1
        if valueCount == Self.maximumValues + 1 {
            report(
                "comes after \(Self.maximumValues) values; use fewer, and fewer aliases to what holds aliases",
                path: path,
                mark: mark
            )
        }
        return valueCount <= Self.maximumValues
    }
}
