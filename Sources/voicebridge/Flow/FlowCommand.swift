// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bots
import CallModel
import ConfigurationReading

/// `voicebridge flow …`: looks at a flow, or tries it, without a call.
struct FlowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flow",
        abstract: "Checks a flow (a voice application as a YAML file), draws it, or runs it in text.",
        subcommands: [FlowCheckCommand.self, FlowGraphCommand.self, FlowTryCommand.self]
    )

    /// The flow of a file; its faults go to standard error, a line each, and end the program with status 1.
    static func loadOrExit(_ path: String, variables: [String: String] = [:]) throws -> LoadedFlow {
        let surroundings = FlowSurroundings(
            bots: BuiltInBots.descriptions.filter { $0.name != "flow" },
            variables: variables
        )
        do {
            let loaded = try FlowFile(path: path).load(surroundings)
            for warning in loaded.warnings { StandardError.write(line: "\(path):\(warning) (warning)") }
            return loaded
        } catch {
            StandardError.write(line: "\(error)")
            throw ExitCode.failure
        }
    }
}

/// `voicebridge flow check F`.
struct FlowCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Names every fault of a flow with its line, column and key.",
        discussion: "Reads the sounds and environment variables that it names. Exit status 1 when there is a fault."
    )

    @Argument(help: "The flow's file.")
    var file: String

    mutating func run() throws {
        let flow = try FlowCommand.loadOrExit(file).flow
        let steps = flow.sections.map(\.steps.count).reduce(0, +)
        var needs: [String] = []
        if flow.needsSynthesizer { needs.append("a synthesizer") }
        if flow.kinds.contains(.record) { needs.append("a folder for recordings") }
        if flow.kinds.contains(.sms) { needs.append("an account for messages") }
        let needed = needs.isEmpty ? "" : "; needs \(needs.joined(separator: " and "))"
        let sections = flow.sections.count == 1 ? "section" : "sections"
        let counts = "\(flow.sections.count) \(sections), \(steps) \(steps == 1 ? "step" : "steps")"
        try StandardOutput.write(result: "\(file): \(counts), ok\(needed)\n")
    }
}

/// `voicebridge flow graph F`.
struct FlowGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Draws a flow as a Mermaid flowchart on standard output."
    )

    @Argument(help: "The flow's file.")
    var file: String

    mutating func run() throws {
        try StandardOutput.write(result: FlowGraph.mermaid(try FlowCommand.loadOrExit(file).flow))
    }
}
