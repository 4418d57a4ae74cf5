// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import NIOCore

/// Audio of bots that waits to be sent, over all calls.
package struct QueuedAudio: Sendable, Equatable {
    /// Calls that were looked at.
    package var calls = 0
    /// What waits on all of them.
    package var total: Duration = .zero
    /// What waits on the one with most.
    package var longest: Duration = .zero
    /// Event loops that did not answer in time.
    package var lateLoops = 0
}

extension BridgeServer {
    /// Calls that are looked at in one turn of an event loop, so that none is kept from its media.
    private static let callsATurn = 64

    /// How much audio waits to be sent, asked of every event loop that has calls; loops that are late are left out.
    package func queuedAudio(within limit: Duration) async -> QueuedAudio {
        await withTaskGroup(of: QueuedAudio?.self) { group in
            for calls in core.live.byLoop {
                group.addTask {
                    let reply = OperatorReply<QueuedAudio?>()
                    Self.look(at: calls, from: 0, QueuedAudio(), reply)
                    return await reply.wait(atMost: limit) { _ in nil }
                }
            }
            return await group.reduce(into: QueuedAudio()) { all, one in
                guard let one else { return all.lateLoops += 1 }
                all.calls += one.calls
                all.total += one.total
                all.longest = max(all.longest, one.longest)
            }
        }
    }

    private static func look(
        at calls: [NIOLoopBound<CallHandler>],
        from first: Int,
        _ seen: QueuedAudio,
        _ reply: OperatorReply<QueuedAudio?>
    ) {
        guard first < calls.count else { return reply.resolve(seen) }
        calls[first].eventLoop.execute {
            guard reply.take() else { return }
            var seen = seen
            for bound in calls[first..<min(calls.count, first + callsATurn)] {
                let waiting = bound.value.engine.path.session.queuedAudio
                seen.calls += 1
                seen.total += waiting
                seen.longest = max(seen.longest, waiting)
            }
            look(at: calls, from: first + callsATurn, seen, reply)
        }
    }
}
