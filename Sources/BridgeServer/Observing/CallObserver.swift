// SPDX-License-Identifier: Apache-2.0

public import CallModel
public import CallSession

/// Is told what happens to calls.
///
/// Called on a call's event loop: an observer may only enqueue and never waits.
public protocol CallObserver: Sendable {
    /// A call began.
    func callStarted(_ start: CallStart, route: String, bot: String)
    /// A call is over and everything about it settled. Told once for every socket that was upgraded.
    func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String)
    /// Something happened that an operator may want to know.
    func callNoted(_ id: CallID, route: String, _ note: CallNote)
    /// The caller pressed a key.
    func callPressed(_ digit: DTMFDigit, id: CallID, route: String)
    /// The recording of a call is complete; on any thread, and mostly after the call's end.
    func recordingEnded(_ recording: FinishedRecording, id: CallID, route: String)
    /// A platform told something about a call beside its socket; on any thread.
    func platformTold(_ event: PlatformCallEvent, _ standing: PlatformCallEvent.Standing)
    /// A connection or an upgrade was refused, for a reason of a small set of words; the detail is for people.
    func refused(_ reason: String, route: String?, source: String, detail: String?)
}

extension CallObserver {
    /// Does nothing.
    public func callStarted(_ start: CallStart, route: String, bot: String) {}
    /// Does nothing.
    public func callNoted(_ id: CallID, route: String, _ note: CallNote) {}
    /// Does nothing.
    public func callPressed(_ digit: DTMFDigit, id: CallID, route: String) {}
    /// Does nothing.
    public func recordingEnded(_ recording: FinishedRecording, id: CallID, route: String) {}
    /// Does nothing.
    public func platformTold(_ event: PlatformCallEvent, _ standing: PlatformCallEvent.Standing) {}
    /// Does nothing.
    public func refused(_ reason: String, route: String?, source: String, detail: String?) {}
}
