// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import CallModel
import CallSession
import Synchronization

/// The place of one call's record, from its admission until its end is handed to the writer.
final class CallPlace: CallObserver {
    private struct State {
        var beginning: CallBeginning?
        var story = RecordStory()
        var hasRecording = false
        var isOver = false
    }

    private let number: Int64
    private let tenant: String?
    private let queue: RecordQueue
    private let showsDigits: Bool
    private let clock: @Sendable () -> Int64
    private let state = Mutex(State())

    /// A place that was taken in a queue.
    init(
        number: Int64,
        tenant: String?,
        queue: RecordQueue,
        showsDigits: Bool,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.number = number
        self.tenant = tenant
        self.queue = queue
        self.showsDigits = showsDigits
        self.clock = clock
    }

    deinit {
        let state = state.withLock { $0 }
        guard !state.isOver else { return }
        if state.beginning != nil {
            queue.append(.vanished(number: number, at: clock()))
        } else {
            queue.leavePlaces(1)
        }
    }

    func callStarted(_ start: CallStart, route: String, bot: String) {
        let beginning = CallBeginning(start, number: number, route: route, tenant: tenant, bot: bot, at: clock())
        let isFirst = state.withLock { state in
            guard state.beginning == nil, !state.isOver else { return false }
            state.beginning = beginning
            return true
        }
        if isFirst { queue.append(.began(beginning)) }
    }

    func callPressed(_ digit: DTMFDigit, id: CallID, route: String) {
        state.withLock { $0.story.press(showsDigits ? digit.character : "*") }
    }

    func callNoted(_ id: CallID, route: String, _ note: CallNote) {
        switch note {
        case .turnMeasured(let timings): state.withLock { $0.story.measure(timings) }
        case .badAudio(let fault): state.withLock { $0.story.find(fault) }
        case .recordingBegan(let name):
            let isKnown = state.withLock { state in
                defer { state.hasRecording = true }
                return !state.hasRecording && state.beginning != nil && !state.isOver
            }
            if isKnown { queue.append(.recording(number: number, name: name)) }
        default: break
        }
    }

    /// It mostly comes after the call's end.
    func recordingEnded(_ recording: FinishedRecording, id: CallID, route: String) {
        queue.append(
            .recorded(
                number: number,
                milliseconds: recording.duration.wholeMilliseconds,
                isWhole: recording.isComplete && recording.lostBytes == 0
            )
        )
    }

    /// A socket on which no call began leaves no record: who connected and said nothing is in the log.
    func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {
        let time = clock()
        let completion = state.withLock { state -> CallCompletion? in
            guard !state.isOver, let beginning = state.beginning else { return nil }
            state.isOver = true
            return CallCompletion(beginning: beginning, summary: summary, endedAt: time, story: state.story)
        }
        if let completion { queue.append(.completed(completion)) }
    }
}
