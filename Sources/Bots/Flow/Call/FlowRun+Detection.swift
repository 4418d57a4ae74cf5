// SPDX-License-Identifier: Apache-2.0

internal import VoiceBridge

extension FlowRun {
    /// Finds out who answered, and waits for a machine's beep where that is wanted.
    func detect(_ detection: FlowDetection) async throws -> FlowEvent {
        call.detectAnswering(detection.method)
        defer { call.detectAnswering(nil) }
        var answerer = try await answerer(detection)
        if answerer == .machine, let patience = detection.beep {
            while let verdict = try await verdict(within: patience) {
                guard verdict.isBeep else { continue }
                answerer = .beep
                break
            }
        }
        // The key that said who it is chooses nothing in the next step.
        if case .key = detection.method { call.discardDigits() }
        return .detected(answerer)
    }

    /// Who answered, by the first verdict that says more than to ask again.
    private func answerer(_ detection: FlowDetection) async throws -> FlowAnswerer {
        while true {
            try await speak(detection.lines, .digitsOnly)
            guard let verdict = try await verdict(within: detection.limit) else { return .unknown }
            if case .noKeyYet = verdict.evidence { continue }
            if verdict.isBeep { return .beep }
            switch verdict.answerer {
            case .human: return .human
            case .machine: return .machine
            case .unknown: return .unknown
            }
        }
    }

    /// The next verdict; nil when none comes in time.
    private func verdict(within limit: Duration) async throws -> AnsweringVerdict? {
        let most = bot.audioFormat.sampleCount(for: limit)
        let verdict = await withTaskGroup(of: AnsweringVerdict?.self) { group in
            group.addTask {
                var heard = 0
                for await event in call.events {
                    switch event {
                    case .audio(let chunk): heard += chunk.sampleCount
                    case .answering(let verdict): return verdict
                    case .ended: return nil
                    default: continue
                    }
                    if heard >= most { return nil }
                }
                return nil
            }
            group.addTask {
                // The caller's audio tells the time; of a platform that sends none this clock must. Ends with the group.
                try? await Task.sleep(for: limit + .seconds(1))
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let reason = call.endReason { throw CallError.ended(reason) }
        try Task.checkCancellation()
        return verdict
    }
}

extension AnsweringVerdict {
    fileprivate var isBeep: Bool {
        guard case .beep = evidence else { return false }
        return answerer == .machine
    }
}
