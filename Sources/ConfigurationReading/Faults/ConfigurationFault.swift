// SPDX-License-Identifier: Apache-2.0

/// One thing that is wrong with a configuration: where, what, and what to do.
///
/// It never holds a secret.
package struct ConfigurationFault: Error, Sendable, Equatable {
    /// The key, such as `routes[1].authentication.bearer`; empty for the file as a whole; a flag such as `--host`
    /// when the setting came from the command line.
    package var path: String
    /// Line of the file, from 1; 0 when the setting did not come from a file.
    package var line: Int
    /// Column in that line in Unicode scalars, from 1; 0 when the setting did not come from a file.
    package var column: Int
    /// What is wrong; what to do.
    package var message: String

    /// A fault.
    package init(path: String, line: Int, column: Int, message: String) {
        self.path = path
        self.line = line
        self.column = column
        self.message = message
    }
}

extension ConfigurationFault: CustomStringConvertible {
    /// `LINE:COLUMN: path: what; what to do`, without what is not known.
    package var description: String {
        let place = line > 0 ? "\(line):\(column): " : ""
        return place + (path.isEmpty ? message : "\(path): \(message)")
    }
}
