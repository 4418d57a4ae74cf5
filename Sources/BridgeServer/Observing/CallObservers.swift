// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession

/// Several observers as one.
struct CallObservers: CallObserver {
    let observers: [any CallObserver]

    func callStarted(_ start: CallStart, route: String, bot: String) {
        for observer in observers { observer.callStarted(start, route: route, bot: bot) }
    }

    func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {
        for observer in observers { observer.callEnded(summary, id: id, route: route, bot: bot) }
    }

    func callNoted(_ id: CallID, route: String, _ note: CallNote) {
        for observer in observers { observer.callNoted(id, route: route, note) }
    }

    func callPressed(_ digit: DTMFDigit, id: CallID, route: String) {
        for observer in observers { observer.callPressed(digit, id: id, route: route) }
    }

    func recordingEnded(_ recording: FinishedRecording, id: CallID, route: String) {
        for observer in observers { observer.recordingEnded(recording, id: id, route: route) }
    }

    func platformTold(_ event: PlatformCallEvent, _ standing: PlatformCallEvent.Standing) {
        for observer in observers { observer.platformTold(event, standing) }
    }

    func refused(_ reason: String, route: String?, source: String, detail: String?) {
        for observer in observers { observer.refused(reason, route: route, source: source, detail: detail) }
    }
}
