// SPDX-License-Identifier: Apache-2.0

package import Dialects

/// What CALLR is to do next on a call (`RT.Response`).
package struct CALLRResponse: Sendable, Equatable {
    /// The command.
    package var command: CALLRCommand
    /// Comes back with the command's result; no two commands have the same.
    package var commandID: String
    /// Come back with the next request: those of the request that this answers.
    package var variables: [String: JSONValue]

    /// An answer.
    package init(_ command: CALLRCommand, commandID: String = "", variables: [String: JSONValue] = [:]) {
        self.command = command
        self.commandID = commandID
        self.variables = variables
    }

    /// The answer as JSON.
    ///
    /// - Throws: ``PlatformRequestError`` when a parameter is out of its range.
    package func encoded() throws(PlatformRequestError) -> [UInt8] {
        JSONValue.object([
            "command": .string(command.name), "command_id": .string(commandID), "params": try command.parameters(),
            "variables": .object(variables),
        ]).encoded
    }
}
