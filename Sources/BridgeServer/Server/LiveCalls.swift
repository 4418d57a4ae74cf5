// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// The calls that are not settled: kept alive beyond their sockets, and reached on their own event loops.
final class LiveCalls: Sendable {
    private struct Entry {
        let handler: NIOLoopBound<CallHandler>
        /// What the call is; nil until its platform has said so.
        var call: LiveCall?
    }

    private let entries = Mutex<[UInt64: Entry]>([:])

    /// Adds a call under a number of its own.
    func add(_ handler: CallHandler, number: UInt64, loop: any EventLoop) {
        let bound = NIOLoopBound(handler, eventLoop: loop)
        entries.withLock { $0[number] = Entry(handler: bound) }
    }

    /// Notes what a call is.
    func began(_ call: LiveCall) {
        entries.withLock { $0[call.number]?.call = call }
    }

    /// Takes a call out.
    func remove(number: UInt64) {
        entries.withLock { _ = $0.removeValue(forKey: number) }
    }

    /// Calls that are not settled.
    var count: Int { entries.withLock { $0.count } }

    /// The calls that have begun, in the order of coming.
    var calls: [LiveCall] {
        entries.withLock { $0.values.compactMap(\.call) }.sorted { $0.number < $1.number }
    }

    /// Runs `body` for each call on its own event loop.
    func forEach(_ body: @escaping @Sendable (CallHandler) -> Void) {
        let all = entries.withLock { $0.values.map(\.handler) }
        for bound in all { bound.eventLoop.execute { body(bound.value) } }
    }

    /// Runs `body` for a call on its event loop; false when there is no such call.
    func with(_ number: UInt64, _ body: @escaping @Sendable (CallHandler) -> Void) -> Bool {
        guard let bound = entries.withLock({ $0[number]?.handler }) else { return false }
        bound.eventLoop.execute { body(bound.value) }
        return true
    }

    /// The calls by event loop.
    var byLoop: [[NIOLoopBound<CallHandler>]] {
        let all = entries.withLock { $0.values.map(\.handler) }
        return Array(Dictionary(grouping: all) { ObjectIdentifier($0.eventLoop) }.values)
    }
}
