// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import ConfigurationReading
import OutboundHTTP
import PlatformAPIs
import VoiceBridge

/// Runs the flow of a file on each call at CALLR.
struct CALLRFlow: CALLRApplication {
    let program: FlowProgram
    let settings: CALLRFlowSettings
    let client: any HTTPClient
    let report: @Sendable (FlowReport) -> Void
    let messages: (any MessageSending)?
    let sounds = CALLRSounds()

    /// A flow on CALLR.
    ///
    /// - Parameters:
    ///   - settings: the file, and how its steps become commands.
    ///   - client: asks what the flow's requests ask.
    ///   - messages: sends the flow's messages; nil for the account of the settings, if there is one.
    ///   - report: takes what the operator should know.
    /// - Throws: every fault of the file, and every step that CALLR cannot do, by its line.
    init(
        _ settings: CALLRFlowSettings,
        client: any HTTPClient,
        messages: (any MessageSending)? = nil,
        report: @escaping @Sendable (FlowReport) -> Void
    ) throws(ConfigurationError) {
        self.settings = settings
        self.client = client
        self.messages = messages ?? settings.messages(by: client)
        self.report = report
        let surroundings = FlowSurroundings(
            variables: settings.variables,
            objection: { settings.objection(to: $0) }
        )
        program = try FlowProgram(file: settings.file, surroundings: surroundings, report: report)
        for (sound, prompt) in program.current.sounds where settings.entry(for: sound) == nil {
            guard prompt.duration > CALLRSound.longest else { continue }
            report(
                .warning(
                    "\(sound) is longer than \(CALLRSound.longest) and is cut; upload it to CALLR and name its entry under "
                        + "`library`"
                )
            )
        }
    }

    func run(on call: CALLRCall) async {
        let loaded = program.current
        let run = CALLRFlowRun(flow: self, sounds: loaded.sounds, call: call)
        do {
            try await program.run(loaded.flow, call: call.id, variables: Self.variables(call.start), on: run)
        } catch is CALLRCallError {
            // The caller left, or the call is over otherwise; the receiver tells.
        } catch is CancellationError {
            // As before, while the flow waited for something else.
        } catch {
            report(.failed("the flow ended the call: \(error)", call: call.id))
        }
    }

    /// The variables that a flow has of a call.
    static func variables(_ request: CALLRRequest) -> [String: String] {
        var parameters = request.variables.compactMapValues(\.text)
        parameters["app"] = request.application
        parameters["cli_name"] = request.callerName
        parameters["cdr_field"] = request.recordField
        return FlowVariables.of(
            CallStart(
                callID: request.call,
                streamID: "",
                platform: "callr",
                from: request.from,
                to: request.to,
                direction: request.direction,
                parameters: parameters
            )
        )
    }
}

extension CALLRFlowSettings {
    /// What sends messages through the account of the settings; nil when there is none.
    func messages(by client: any HTTPClient) -> (any MessageSending)? {
        guard let messagesKey else { return nil }
        // The step's own deadline comes first, unless it is longer than this.
        let exchange = PlatformExchange(client: client, deadline: .seconds(30))
        return CALLRMessages(
            CALLRClient(CALLRAccountRequests(.key(messagesKey)), exchange: exchange),
            sender: messagesFrom
        )
    }
}
