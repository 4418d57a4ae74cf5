// SPDX-License-Identifier: Apache-2.0

package import ConfigurationReading
package import OutboundHTTP
package import VoiceBridge

/// Runs the flow of a file on each call.
package struct FlowBot: ConversationHandler {
    /// What a flow needs beside its file.
    package struct Resources: Sendable {
        /// Says texts; nil when every text has a sound.
        package var synthesizer: (any SpeechSynthesizer)?
        /// Asks over HTTP.
        package var requests: (any HTTPClient)?
        /// Sends text messages.
        package var messages: (any MessageSending)?
        /// Folder for recordings.
        package var recordings: String?
        /// Bots that a flow may hand its call to.
        package var bots: [BuiltInBots.Entry]
        /// Takes what the operator should know.
        package var report: @Sendable (FlowReport) -> Void

        /// Resources; without any, a flow plays sounds and takes keys.
        package init(
            synthesizer: (any SpeechSynthesizer)? = nil,
            requests: (any HTTPClient)? = nil,
            messages: (any MessageSending)? = nil,
            recordings: String? = nil,
            bots: [BuiltInBots.Entry] = [],
            report: @escaping @Sendable (FlowReport) -> Void = { _ in }
        ) {
            self.synthesizer = synthesizer
            self.requests = requests
            self.messages = messages
            self.recordings = recordings
            self.bots = bots
            self.report = report
        }
    }

    package let audioFormat: AudioFormat
    let program: FlowProgram
    let resources: Resources
    let speech: SpeechCache?

    /// A bot of a flow file.
    ///
    /// - Parameters:
    ///   - file: the file's path.
    ///   - variables: values that stand over those of the file.
    ///   - audioFormat: what the bot hears and speaks.
    ///   - resources: what the flow needs beside.
    /// - Throws: every fault of the file.
    package init(
        file: String,
        variables: [String: String] = [:],
        audioFormat: AudioFormat = .linear16kHz,
        resources: Resources = Resources()
    ) throws(ConfigurationError) {
        self.audioFormat = audioFormat
        self.resources = resources
        speech = resources.synthesizer.map { SpeechCache($0) }
        let surroundings = FlowSurroundings(
            hasSynthesizer: resources.synthesizer != nil,
            hasRecordings: resources.recordings != nil,
            hasMessages: resources.messages != nil,
            bots: resources.bots.map(\.description),
            variables: variables,
            refusal: { handOver in
                do {
                    _ = try resources.bot(for: handOver, audioFormat)
                    return nil
                } catch {
                    return "\(error)"
                }
            }
        )
        program = try FlowProgram(file: file, surroundings: surroundings, report: resources.report)
        prepare(program.current.flow)
    }

    package func converse(on call: Call) async throws {
        let (loaded, isNew) = program.source.current()
        if isNew { prepare(loaded.flow) }
        try await program.run(
            loaded.flow,
            call: call.start.callID,
            variables: FlowVariables.of(call.start),
            on: FlowRun(bot: self, loaded: loaded, call: call)
        )
    }

    /// Has everything said beforehand that is the same on every call.
    private func prepare(_ flow: Flow) {
        guard let speech else { return }
        let report = resources.report
        let constants = flow.utterances.filter { $0.sound == nil }.compactMap { utterance in
            utterance.text?.constant.map { (text: $0, language: utterance.language ?? flow.language) }
        }
        guard !constants.isEmpty else { return }
        Task {
            for (text, language) in constants {
                do {
                    _ = try await speech.prompt(text, language: language)
                } catch {
                    report(.warning("a text of the flow could not be said beforehand: \(error)"))
                    return
                }
            }
        }
    }
}
