// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession

// A server that stops has its calls moved to another one.
extension CallEngine {
    /// Has the call moved once it is between two turns and the gate lets it go; nothing happens where the platform cannot.
    func handOver(to destination: HandOverDestination, through gate: HandOverGate, at now: CallInstant) {
        handOver = (destination, gate)
        path.session.handOver(at: now)
    }

    /// The call is between two turns: moves it, or has it wait for its place.
    func moveOn() {
        guard let (destination, gate) = handOver else { return }
        let now = loop.now
        if let wait = gate.pass(at: now) { return path.session.waitToMove(for: wait, at: now) }
        do {
            let target = try destination.target(now: UnixTime.seconds())
            if path.session.isOutOfBand(target), let why = refusalOutOfBand(of: target) {
                return observer.callNoted(id, route: route.path, .bot("not handed over: \(why)"))
            }
            path.session.moveOn(to: target, shownAs: destination.shown, at: now)
        } catch {
            observer.callNoted(id, route: route.path, .bot("not handed over: \(error)"))
        }
    }
}
