// SPDX-License-Identifier: Apache-2.0

package import ConfigurationReading
package import VoiceBridge

/// The flow of a file, for whatever performs it.
package struct FlowProgram: Sendable {
    let source: FlowSource
    private let report: @Sendable (FlowReport) -> Void

    /// A program of a flow file.
    ///
    /// - Parameters:
    ///   - file: the file's path.
    ///   - surroundings: what there will be when it runs.
    ///   - report: takes what the operator should know.
    /// - Throws: every fault of the file.
    package init(
        file: String,
        surroundings: FlowSurroundings,
        report: @escaping @Sendable (FlowReport) -> Void
    ) throws(ConfigurationError) {
        self.report = report
        source = try FlowSource(FlowFile(path: file), surroundings: surroundings, report: report)
    }

    /// The flow for a call that begins now, with the audio that it names.
    package var current: LoadedFlow { source.current().loaded }

    /// Takes a call through a flow, to the end of the flow.
    ///
    /// - Parameters:
    ///   - flow: what runs.
    ///   - call: the call's id, for reports.
    ///   - variables: those of the call, see ``FlowVariables/of(_:)``.
    ///   - performer: does what the flow says.
    /// - Throws: ``FlowError`` when the flow cannot go on; what the performer throws.
    package func run(
        _ flow: Flow,
        call: CallID,
        variables: [String: String],
        on performer: some FlowPerformer
    ) async throws {
        var interpreter = FlowInterpreter(flow, call: variables)
        var event = FlowEvent.begin
        while true {
            let action = interpreter.next(event)
            let (section, step) = interpreter.place
            report(.step("\(section)[\(step)] \(action.summary)", call: call))
            if case .fail(let why) = action { throw FlowError(description: why) }
            guard let next = try await performer.perform(action) else { return }
            event = next
        }
    }
}
