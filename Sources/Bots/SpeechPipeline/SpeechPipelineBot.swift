// SPDX-License-Identifier: Apache-2.0

public import VoiceBridge

/// A bot of three parts: what the caller says becomes text, the text a reply, the reply speech.
///
/// Replies are spoken sentence by sentence while they are written, and begun before the caller is certain to be done. The caller
/// may interrupt at any moment; what the conversation remembers of the bot's words is what the caller heard. No part is waited
/// for without a bound, and a part that fails costs a turn, not the call.
public struct SpeechPipelineBot: ConversationHandler {
    private let parts: PipelineParts

    /// A pipeline.
    ///
    /// - Parameters:
    ///   - recognizer: turns what the caller says into text; decides the audio format of the bot.
    ///   - generator: decides what to say.
    ///   - synthesizer: turns that into speech, at any rate a call can convert.
    ///   - settings: the numbers and words it is run by.
    public init(
        recognizer: some SpeechRecognizer,
        generator: some ReplyGenerator,
        synthesizer: some SpeechSynthesizer,
        settings: SpeechPipelineSettings = SpeechPipelineSettings()
    ) {
        self.init(
            recognizer: recognizer,
            generator: generator,
            synthesizer: synthesizer,
            settings: settings,
            clock: .continuous
        )
    }

    /// A pipeline whose deadlines are held by a clock of one's own.
    package init(
        recognizer: any SpeechRecognizer,
        generator: any ReplyGenerator,
        synthesizer: any SpeechSynthesizer,
        settings: SpeechPipelineSettings,
        clock: PipelineClock
    ) {
        parts = PipelineParts(
            recognizer: recognizer,
            generator: generator,
            synthesizer: synthesizer,
            settings: settings,
            clock: clock,
            apology: Apology(
                settings.apology,
                synthesizer: synthesizer,
                limit: settings.synthesisTimeout,
                clock: clock
            )
        )
    }

    /// The recognizer's.
    public var audioFormat: AudioFormat { parts.recognizer.audioFormat }

    /// Holds a conversation until the caller leaves, or the generator transfers the call or ends it.
    ///
    /// - Throws: ``SpeechPipelineError`` when one turn after the other failed.
    public func converse(on call: Call) async throws {
        let pipeline = PipelineState(call: call, parts: parts)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var conversation = PipelineCall(pipeline)
                await conversation.run()
            }
            group.addTask {
                if let error = try await pipeline.finished.get() { throw error }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
