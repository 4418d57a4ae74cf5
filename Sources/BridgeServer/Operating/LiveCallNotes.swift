// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession

/// Notes with the live calls what one of them is, once it has begun.
struct LiveCallNotes: CallObserver {
    let number: UInt64
    let live: LiveCalls

    func callStarted(_ start: CallStart, route: String, bot: String) {
        live.began(LiveCall(number: number, start: start, route: route, bot: bot, began: UnixTime.seconds()))
    }

    func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {}
}
