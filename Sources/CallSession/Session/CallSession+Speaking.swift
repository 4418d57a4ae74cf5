// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// What the bot says, and in which order.
extension CallSession {
    mutating func say(_ chunk: AudioChunk, _ marks: [TextMark], _ policy: InterruptionPolicy, at now: CallInstant) {
        let credit = chunk.duration.wholeNanoseconds
        if let last = openUtterance(from: .stream), queue[last].utterance?.sampleRate == chunk.format.sampleRate {
            queue[last].utterance?.appendText(marks)
            queue[last].utterance?.append(chunk.samples, at: now)
            queue[last].utterance?.credit += credit
            return
        }
        dropInterrupted(at: now)
        guard !isLeavingQueued, !isQueueFull else {
            outputs.append(.credit(credit))
            return
        }
        var utterance = Utterance(
            id: makePlaybackID(),
            source: .stream,
            policy: policy,
            sampleRate: chunk.format.sampleRate
        )
        utterance.appendText(marks)
        utterance.append(chunk.samples, at: now)
        utterance.credit = credit
        stoppedSpeech = nil
        enqueue(utterance)
    }

    mutating func finishSpeech(_ id: RequestID) {
        if let index = queue.lastIndex(where: { $0.utterance?.source == .stream }) {
            queue[index].utterance?.isClosed = true
            queue[index].utterance?.requests.append(id)
        } else if let index = playing.lastIndex(where: { $0.source == .stream }) {
            playing[index].requests.append(id)
        } else {
            outputs.append(.reply(id, .playback(stoppedSpeech ?? .finished)))
            stoppedSpeech = nil
        }
    }

    mutating func play(
        _ id: RequestID,
        _ playback: PlaybackID,
        _ prompt: Prompt,
        _ policy: InterruptionPolicy,
        at now: CallInstant
    ) {
        dropInterrupted(at: now)
        guard mayEnqueue(awaitedBy: id) else { return }
        var utterance = Utterance(
            id: playback,
            source: .prompt,
            policy: policy,
            sampleRate: prompt.audio.format.sampleRate,
            isClosed: true
        )
        utterance.requests = [id]
        utterance.appendText(prompt.marks.isEmpty ? prompt.text.map { [TextMark($0, at: .zero)] } ?? [] : prompt.marks)
        utterance.append(prompt.audio.samples, at: now)
        guard utterance.available > 0 else {
            outputs.append(.reply(id, .playback(.finished)))
            return
        }
        enqueue(utterance)
    }

    mutating func enqueue(_ item: PlaybackItem, awaitedBy id: RequestID) {
        guard mayEnqueue(awaitedBy: id) else { return }
        closeOpenUtterance()
        queue.append(item)
    }

    /// Whether the queue takes another item; if not, the request is answered.
    mutating func mayEnqueue(awaitedBy id: RequestID) -> Bool {
        if isLeavingQueued {
            outputs.append(.reply(id, .failed(.alreadyLeaving)))
        } else if isQueueFull {
            let what = "\(queue.count) items wait to be played: await some of them before asking for more"
            outputs.append(.reply(id, .failed(.invalid(what))))
        } else {
            return true
        }
        return false
    }
}
