// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import VoiceBridge

// What a relay says.
extension CallSession {
    /// The most audio of one utterance that may wait to be sent.
    static let relayLimit: Duration = .seconds(300)

    /// Appends to a relay's utterance, opening it behind what is queued; false when the call takes no more of it.
    package mutating func play(_ bytes: Span<UInt8>, in relayed: RelayUtterance, at now: CallInstant) -> Bool {
        guard isLive, let wire = start?.format, bytes.count > 0 else { return false }
        let place: Int
        if let open = queue.lastIndex(where: { $0.utterance?.id == relayed.id }) {
            place = open
        } else {
            guard !isLeavingQueued, !isQueueFull else { return false }
            var utterance = Utterance(
                id: relayed.id,
                source: .relay,
                policy: relayed.policy,
                sampleRate: relayed.format.sampleRate
            )
            if relayed.format == wire { utterance.becomeCoded(wire.encoding) }
            // A service that says something new speaks anew.
            dropInterrupted(at: now)
            enqueue(utterance)
            place = queue.count - 1
        }
        let limit = relayed.format.sampleCount(for: Self.relayLimit)
        guard let utterance = queue[place].utterance, !utterance.isClosed, utterance.available < limit else {
            return false
        }
        if !utterance.isCoded {
            queue[place].utterance?.append(Self.samples(bytes, relayed.format.encoding), at: now)
        } else {
            queue[place].utterance?.append(coded: bytes, at: now)
        }
        advance(at: now)
        return true
    }

    /// Says that no more audio comes for a relay's utterance.
    package mutating func finish(relayed id: PlaybackID, at now: CallInstant) {
        guard let place = queue.lastIndex(where: { $0.utterance?.id == id }) else { return }
        queue[place].utterance?.isClosed = true
        advance(at: now)
    }

    /// Takes back everything that a relay's caller has not heard.
    package mutating func flushRelayed(at now: CallInstant) {
        guard isLive, !isLeavingQueued else { return }
        flush(tellingPlatform: true, at: now)
        advance(at: now)
    }

    private static func samples(_ bytes: Span<UInt8>, _ encoding: AudioEncoding) -> [Int16] {
        let count = bytes.count / encoding.bytesPerSample
        var samples = [Int16](repeating: 0, count: count)
        var room = samples.mutableSpan
        encoding.decode(bytes, into: &room)
        return samples
    }
}
