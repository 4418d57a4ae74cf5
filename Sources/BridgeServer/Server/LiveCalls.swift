// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// The calls that are not settled: kept alive beyond their sockets, and reached on their own event loops.
final class LiveCalls: Sendable {
    private let handlers = Mutex<[UInt64: NIOLoopBound<CallHandler>]>([:])

    /// Adds a call under a number of its own.
    func add(_ handler: CallHandler, number: UInt64, loop: any EventLoop) {
        let bound = NIOLoopBound(handler, eventLoop: loop)
        handlers.withLock { $0[number] = bound }
    }

    /// Takes a call out.
    func remove(number: UInt64) {
        handlers.withLock { _ = $0.removeValue(forKey: number) }
    }

    /// Calls that are not settled.
    var count: Int { handlers.withLock { $0.count } }

    /// Runs `body` for each call on its own event loop.
    func forEach(_ body: @escaping @Sendable (CallHandler) -> Void) {
        let all = handlers.withLock { Array($0.values) }
        for bound in all { bound.eventLoop.execute { body(bound.value) } }
    }
}
