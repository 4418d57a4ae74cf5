// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// What the service says.
extension RealtimeSession {
    /// Takes one text of the service's.
    mutating func receive(_ text: Span<UInt8>, at now: CallInstant) {
        guard phase != .over else { return }
        let event: ServerEvent
        do {
            event = try reader.read(text)
        } catch {
            figures.malformed += 1
            if figures.malformed == 1 { note("the realtime service sent a text that is no event: \(error)") }
            return
        }
        receive(event, at: now)
    }

    private mutating func receive(_ event: ServerEvent, at now: CallInstant) {
        switch event {
        case .sessionCreated:
            if case .opening = phase { update(at: now) }
        case .sessionUpdated(let input, let output): updated(input: input, output: output, at: now)
        case .audioContinues: appendAudio(at: now)
        case .audio(let part): beginAudio(of: part, at: now)
        case .audioDone(let item):
            if let index = items.firstIndex(where: { $0.id == item }) { complete(index) }
            keepWaiting(at: now)
        case .transcript(let item, let text):
            addTranscript(text, of: item)
            keepWaiting(at: now)
        case .callerTranscript(let text): context.add(.user, text)
        case .speechStarted: serviceHeardSpeech(at: now)
        case .speechStopped: serviceHeardSilence(at: now)
        case .responseCreated(let id): answerBegan(id, at: now)
        case .responseDone(let outcome): answerEnded(outcome, at: now)
        case .functionCall(let call):
            keepWaiting(at: now)
            if !call.name.isEmpty { called(call, at: now) }
        case .fault(let fault): receive(fault, at: now)
        case .ignored: break
        }
    }

    /// Keeps what an item says; its first words may come before its first audio.
    private mutating func addTranscript(_ text: String, of item: String) {
        guard let index = items.firstIndex(where: { $0.id == item }) else {
            if earlyWords?.item != item { earlyWords = (item, "") }
            if earlyWords?.text.utf8.count ?? 0 < SpokenItem.maximumTranscript { earlyWords?.text += text }
            return
        }
        if items[index].transcript.utf8.count < SpokenItem.maximumTranscript { items[index].transcript += text }
    }

    /// Sorts an error into what the session survives and what it does not.
    private mutating func receive(_ fault: UpstreamFault, at now: CallInstant) {
        switch fault.severity {
        case .sessionLost: lost(fault.text, at: now)
        case .fatal: fail(RealtimeError(.rejected, "the realtime service refuses: \(fault.text)"))
        case .busy, .harmless:
            figures.faults += 1
            faultsInARow += 1
            note("the realtime service told an error: \(fault.text)")
            guard faultsInARow < Self.maximumFaults else {
                return fail(RealtimeError(.tooManyFaults, "the realtime service tells errors only: \(fault.text)"))
            }
            guard fault.purpose == .create else { return }
            if fault.severity == .busy, awaited == nil, let request = running?.request {
                // What runs is the service's own, which crossed ours: that is asked for again once it is over.
                running?.request = nil
                return requests.insert(request, at: 0)
            }
            guard let refused = awaited, refused.isOwn else { return }
            awaited = nil
            answerDeadline = running == nil ? nil : now + settings.answerTimeout
            if fault.severity == .busy {
                // One is under way that we do not know of: ours is asked for again once it is over, or after a while.
                if let request = refused.request { requests.insert(request, at: 0) }
                retryAt = now + .seconds(1)
            } else {
                answerFailed(refused.request, fault, at: now)
            }
        }
    }

    mutating func serviceHeardSpeech(at now: CallInstant) {
        guard phase == .ready, settings.turnDetection != .local else { return }
        callerSpeaks = true
        turnEndedAt = nil
        if awaited?.isOwn == false { awaited = nil }
        interrupt(serviceCancels: true)
    }

    mutating func serviceHeardSilence(at now: CallInstant) {
        guard phase == .ready, settings.turnDetection != .local else { return }
        callerSpeaks = false
        turnEndedAt = now
        // The service answers of its own accord, and takes into account whatever it was told by now.
        requests.removeAll { $0 == .plain }
        guard awaited == nil, !isLeaving else { return askForAnswer(at: now) }
        awaited = (nil, false)
        answerDeadline = now + settings.answerTimeout
    }
}
