// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bots

/// `voicebridge flow try F`.
struct FlowTryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Runs a flow in text: each line of standard input is what the caller presses or says.",
        discussion: """
            Keys beyond those that are waited for stay for the next wait, as on a call. An empty line is a caller who does \
            nothing; the end of the input is a caller who hangs up. Requests are not sent: their answers are asked for.
            """
    )

    @Argument(help: "The flow's file.")
    var file: String

    @Option(help: "The calling number.")
    var from = ""

    @Option(help: "The called number.")
    var to = ""

    @Option(name: .customLong("set"), help: "A value that stands over the flow's own, as NAME=VALUE.")
    var settings: [String] = []

    mutating func run() throws {
        var variables: [String: String] = [:]
        for setting in settings {
            guard let equals = setting.firstIndex(of: "="), equals > setting.startIndex else {
                throw ValidationError("--set \(setting): write NAME=VALUE")
            }
            variables[String(setting[..<equals])] = String(setting[setting.index(after: equals)...])
        }
        let loaded = try FlowCommand.loadOrExit(file, variables: variables)
        let call = ["call.id": "try", "call.platform": "try", "call.from": from, "call.to": to]
        var trial = FlowTrial(
            loaded.flow,
            call: call,
            readLine: { readLine() },
            write: { StandardOutput.write(line: $0) }
        )
        guard trial.run() else { throw ExitCode.failure }
    }
}
