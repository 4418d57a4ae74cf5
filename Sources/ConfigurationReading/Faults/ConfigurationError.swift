// SPDX-License-Identifier: Apache-2.0

/// All that is wrong with a configuration, in the order of the file.
package struct ConfigurationError: Error, Sendable, Equatable {
    /// The file's name as given; empty when all came from flags.
    package var file: String
    /// The faults; at least one, at most ``maximumFaults``.
    package var faults: [ConfigurationFault]
    /// Faults found beyond those.
    package var omittedCount: Int

    /// Faults that are kept.
    package static let maximumFaults = 100

    /// An error of the faults found, sorted by place and cut to ``maximumFaults``.
    package init(file: String, faults: [ConfigurationFault]) {
        self.file = file
        let sorted = faults.enumerated().sorted {
            ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
        }
        self.faults = sorted.prefix(Self.maximumFaults).map(\.element)
        omittedCount = max(0, faults.count - Self.maximumFaults)
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// A line per fault: `FILE:LINE:COLUMN: path: what; what to do`.
    package var description: String {
        var lines = faults.map { fault in
            if file.isEmpty { return fault.description }
            return fault.line > 0 ? "\(file):\(fault.description)" : "\(file): \(fault.description)"
        }
        if omittedCount > 0 { lines.append("\(file): and \(omittedCount) more faults") }
        return lines.joined(separator: "\n")
    }
}
