// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore
import VoiceBridge

// What the caller hears, and what is cut of it.
extension RealtimeSession {
    /// Audio of an item that is not the one before.
    mutating func beginAudio(of part: SpokenPart, at now: CallInstant) {
        guard phase == .ready else { return }
        let response = part.response.isEmpty ? (running?.id ?? "") : part.response
        guard !deadAnswers.contains(response), running?.id == response, running?.isDead == false else {
            figures.lateDeltas += 1
            return
        }
        if !items.contains(where: { $0.id == part.item }) {
            items.append(
                SpokenItem(
                    id: part.item,
                    response: response,
                    contentIndex: part.contentIndex,
                    playback: PlaybackID(nextPlayback),
                    isKnown: running?.request?.isApart != true
                )
            )
            nextPlayback += 1
            if let words = earlyWords, words.item == part.item { items[items.count - 1].transcript = words.text }
            earlyWords = nil
        }
        reader.currentItem = part.item
        appendAudio(at: now)
    }

    /// More audio of the current item, as it lies in the reader.
    mutating func appendAudio(at now: CallInstant) {
        guard let index = items.firstIndex(where: { $0.id == reader.currentItem }), running != nil else {
            figures.lateDeltas += 1
            return
        }
        keepWaiting(at: now)
        let count = reader.audio.count
        guard count > 0, !items[index].isComplete else { return }
        if running?.hasSpoken == false {
            running?.hasSpoken = true
            if let turnEndedAt { figures.answered(after: now - turnEndedAt) }
            turnEndedAt = nil
        }
        running?.bytes += count
        guard format.milliseconds(ofBytes: running?.bytes ?? 0) <= settings.maximumAnswer.wholeMilliseconds else {
            note("an answer of the realtime service is longer than \(settings.maximumAnswer); the rest is cut")
            items[index].isCut = true
            complete(index)
            return cancelAnswer()
        }
        items[index].bytes += count
        let begin = audio.writerIndex
        let delta = reader.audio
        if let half = items[index].halfSample { audio.writeInteger(half) }
        delta.withBytes { _ = unsafe audio.writeBytes($0.bytes) }
        items[index].halfSample = takeHalfSample(from: begin)
        if audio.writerIndex > begin { outputs.append(.play(items[index].playback, begin..<audio.writerIndex)) }
    }

    /// Takes off the half of a sample at which linear audio may be cut: its other half comes with the next delta.
    private mutating func takeHalfSample(from begin: Int) -> UInt8? {
        let end = audio.writerIndex
        guard format.audio.encoding.bytesPerSample == 2, !(end - begin).isMultiple(of: 2) else { return nil }
        let half = audio.getInteger(at: end - 1, as: UInt8.self)
        audio.moveWriterIndex(to: end - 1)
        return half
    }

    /// No more audio of an item will be played.
    mutating func complete(_ index: Int) {
        guard !items[index].isComplete else { return }
        items[index].isComplete = true
        if reader.currentItem == items[index].id { reader.currentItem = "" }
        outputs.append(.finish(items[index].playback))
    }

    /// Stops everything that is said, because the caller speaks.
    mutating func interrupt(serviceCancels: Bool) {
        guard !isLeaving else { return }
        if running != nil || !items.isEmpty { figures.interruptions += 1 }
        requests.removeAll { $0.isApart }
        cancelAnswer(serviceCancels: serviceCancels)
        if !items.isEmpty { outputs.append(.flush) }
    }

    /// An utterance ended on the call's side; this much of it was heard.
    mutating func playbackEnded(_ playback: PlaybackID, _ outcome: PlaybackOutcome, at now: CallInstant) {
        guard let index = items.firstIndex(where: { $0.playback == playback }) else { return }
        var item = items[index]
        let received = format.milliseconds(ofBytes: item.bytes)
        var heard = received
        if case .interrupted(let position) = outcome {
            heard = min(received, Int(position.wholeMilliseconds))
            if running?.id == item.response { cancelAnswer() }
        }
        noteInContext(index, heardShare: received == 0 ? 0 : Double(heard) / Double(received))
        items.remove(at: index)
        if reader.currentItem == item.id { reader.currentItem = "" }
        let isWhole = heard == received && item.isComplete && !item.isCut
        guard item.isKnown, !isWhole, phase == .ready else { return }
        item.isKnown = false
        if heard == 0 {
            send { $0.delete(item: item.id) }
        } else {
            send { $0.truncate(item: item.id, contentIndex: item.contentIndex, milliseconds: heard) }
        }
    }

    /// The call does not take an utterance: nothing more is said on it.
    mutating func playbackRefused(_ playback: PlaybackID, at now: CallInstant) {
        playbackEnded(playback, .interrupted(at: .zero), at: now)
    }

    /// Keeps what was heard of an item's words for a session to come.
    mutating func noteInContext(_ index: Int, heardShare: Double) {
        guard !items[index].isNoted, heardShare > 0 else { return }
        items[index].isNoted = true
        let words = items[index].transcript.split(separator: " ")
        let heard = words.prefix(Int((Double(words.count) * heardShare).rounded(.up)))
        context.add(.assistant, heard.joined(separator: " ") + (heard.count < words.count ? " …" : ""))
    }
}
