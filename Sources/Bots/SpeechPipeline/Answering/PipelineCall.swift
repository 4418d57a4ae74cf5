// SPDX-License-Identifier: Apache-2.0

import VoiceBridge

/// One call of a pipeline: takes what happens, decides whose turn it is, and lets answers begin and end.
struct PipelineCall {
    private let pipeline: PipelineState
    private var taker: TurnTaker
    private var heard: HeardTurn
    /// Answers that are not at their end, oldest first.
    private var answers: [Answer] = []
    /// The answer to what the caller is saying or has just said.
    private var listening: Answer?
    /// Whether the caller hears the bot.
    private var isSounding = false
    /// The answer that the caller hears, or heard last.
    private var speaking: Answer?

    /// Most answers at a time; of more the oldest that has not begun to speak is not made.
    private static let maximumAnswers = 4

    private var call: Call { pipeline.call }

    init(_ pipeline: PipelineState) {
        self.pipeline = pipeline
        let format = pipeline.call.audioFormat
        let settings = pipeline.parts.settings
        let longest = format.sampleCount(for: settings.maximumTurn)
        taker = TurnTaker(
            limits: TurnTaker.Limits(
                endOfTurn: format.sampleCount(for: settings.endOfTurn),
                turn: longest,
                silence: settings.silence.map { format.sampleCount(for: $0) }
            )
        )
        heard = HeardTurn(before: format.sampleCount(for: .milliseconds(600)), limit: longest + format.sampleRate)
    }

    /// Runs the conversation until the call is over or its task is cancelled.
    mutating func run() async {
        await withDiscardingTaskGroup { group in
            let language = call.start.language
            let apology = pipeline.parts.apology
            group.addTask { await apology.prepare(language: language) }
            begin(Answer(.occasion(.callBegan), in: pipeline, after: nil), in: &group)
            for await event in call.events {
                answers.removeAll { $0.ended.isOpen }
                take(event, in: &group)
            }
            group.cancelAll()
        }
    }

    private mutating func take(_ event: Call.Event, in group: inout DiscardingTaskGroup) {
        switch event {
        case .audio(let chunk):
            heard.append(chunk)
            change(taker.pass(chunk.sampleCount, isBotBusy: !answers.isEmpty), in: &group)
        case .speechStarted: change(taker.speechStarted(), in: &group)
        case .speechEnded: change(taker.speechEnded(), in: &group)
        case .digit(let digit, _):
            taker.noteActivity()
            yield(to: .digit)
            begin(Answer(.occasion(.pressed(digit)), in: pipeline, after: answers.last), in: &group)
        case .playback(_, .started):
            isSounding = true
            speaking = answers.first { $0.hasBegunToSpeak && !$0.ended.isOpen }
        case .playback(_, .ended(let outcome)):
            isSounding = false
            if case .interrupted = outcome { stopSpeaking() }
        case .turnEnded: listening?.measure()
        case .resumed: doubtTurn()
        case .turnMeasured(let timings): pipeline.report(.measured(timings))
        case .ended, .interrupted, .idle, .answering: break
        }
    }

    private mutating func change(_ change: TurnTaker.Change?, in group: inout DiscardingTaskGroup) {
        switch change {
        case nil: return
        case .began:
            yield(to: .speech)
            listen(in: &group)
        case .paused:
            heard.pause()
            listening?.speechEnded.open()
        case .resumed: listen(in: &group)
        case .ended:
            heard.pause()
            listening?.confirm()
            guard taker.isTurnOpen else { return }
            closeTurn()
            listen(in: &group)
        case .silent(let times):
            begin(Answer(.occasion(.silent(times: times)), in: pipeline, after: answers.last), in: &group)
        }
    }

    /// Begins to recognize a turn, or begins anew when the caller had more to say than it seemed.
    private mutating func listen(in group: inout DiscardingTaskGroup) {
        if let earlier = listening, !earlier.ended.isOpen, !earlier.confirmed.isOpen || !earlier.isUnderstood {
            // What was begun for the first part of the turn is of no use, and nothing of it was heard.
            earlier.abandon()
            answers.removeAll { $0 === earlier }
        } else {
            closeTurn()
        }
        let answer = Answer(.speech(heard.listen()), in: pipeline, after: answers.last)
        listening = answer
        begin(answer, in: &group)
    }

    /// What stopped the bot seems to have been no speech, and the bot goes on.
    private mutating func doubtTurn() {
        isSounding = true
        guard let answer = listening, !answer.hasBegunToSpeak, !answer.ended.isOpen else { return }
        answer.doubt()
    }

    private mutating func closeTurn() {
        heard.close()
        listening = nil
    }

    private mutating func begin(_ answer: Answer, in group: inout DiscardingTaskGroup) {
        if answers.count >= Self.maximumAnswers, let index = answers.firstIndex(where: { !$0.hasBegunToSpeak }) {
            answers.remove(at: index).stop()
        }
        answers.append(answer)
        group.addTask { await answer.run() }
    }

    private enum Interrupter { case speech, digit }

    /// Stops what the bot was about to say; what sounds is stopped by the call itself, if the route wants it so.
    private mutating func yield(to interrupter: Interrupter) {
        for answer in answers where answer !== listening || (answer.confirmed.isOpen && answer.isUnderstood) {
            let isYielding =
                switch answer.policy ?? .allowed {
                case .allowed: true
                case .digitsOnly: interrupter == .digit
                case .protected: false
                }
            if isYielding, !(answer.hasBegunToSpeak && isSounding) { answer.stop() }
        }
    }

    private mutating func stopSpeaking() {
        if let speaking {
            speaking.stop()
        } else {
            for answer in answers where answer.hasBegunToSpeak { answer.stop() }
        }
    }
}
