// SPDX-License-Identifier: Apache-2.0

import NIOCore

// A loop that is shared with other tenants' calls.
extension CallHandler: SharingCall {
    /// When work for the call begins, in nanoseconds of uptime; nil where nobody asks what it costs.
    var workBegins: Int64? { engine.share?.now }

    /// Pays for work; where there is nothing left to pay with, the socket waits.
    func pay(since start: Int64?) {
        guard let start, let share = engine.share, share.spent(since: start) else { return }
        guard !isHeld, !isSocketGone, let context else { return }
        isHeld = true
        context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
        share.wait(self)
    }

    func readAgain() {
        isHeld = false
        guard !isSocketGone, let context else { return }
        context.channel.setOption(.autoRead, value: true).whenFailure { _ in }
    }
}
