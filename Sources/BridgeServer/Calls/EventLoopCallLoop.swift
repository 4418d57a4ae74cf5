// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore

/// An event loop as the place where a call lives.
struct EventLoopCallLoop: CallLoop {
    let loop: any EventLoop
    let gate: LoopGate

    func execute(_ work: @escaping @Sendable () -> Void) {
        if gate.isOpen { loop.execute(work) }
    }

    var now: CallInstant { CallInstant(NIODeadline.now()) }

    var eventLoop: (any EventLoop)? { loop }
}

extension CallInstant {
    init(_ deadline: NIODeadline) { self.init(nanoseconds: Int64(clamping: deadline.uptimeNanoseconds)) }
}

extension NIODeadline {
    init(_ instant: CallInstant) { self = .uptimeNanoseconds(UInt64(max(0, instant.nanoseconds))) }
}
