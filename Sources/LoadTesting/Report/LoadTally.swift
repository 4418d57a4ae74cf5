// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// What one event loop counted; tallies of all loops merge into one.
package struct LoadTally: Sendable {
    /// Connections begun.
    package var callsStarted = 0
    /// Calls that came about: the server agreed to the WebSocket.
    package var callsOpened = 0
    /// Calls that ended as planned, or by the bot's will.
    package var callsEnded = 0
    /// Calls that did not come about or broke, by reason.
    package var failures = ReasonCounts()
    /// Messages that the platform does not take, by kind.
    package var violations = ReasonCounts()
    /// Frames of audio sent.
    package var framesSent = 0
    /// Frames of audio that came back whole.
    package var framesReceived = 0
    /// Those among them whose delay is not known: the server had left out or put in parts of frames before.
    package var framesUntimed = 0
    /// Messages received, bytes of payload in them.
    package var messagesReceived = 0
    /// Bytes of audio received.
    package var audioBytesReceived = 0
    /// Frames that never came back.
    package var framesLost = 0
    /// Frames that came twice, or between which silence was put.
    package var framesRepeated = 0
    /// Stretches in which frames came in another order.
    package var outOfOrder = 0
    /// Stretches in which another call's tone was heard.
    package var crossTalk = 0
    /// Windows of silence where a tone was due.
    package var silentWindows = 0
    /// Stretches that were neither the tone nor anything known.
    package var garbled = 0
    /// Windows of sound that were looked at.
    package var windowsChecked = 0
    /// From the moment a frame was due to the arrival of its last byte, or of the pong.
    package var fromDeadline = LatencyHistogram()
    /// From the moment a frame was written to the same.
    package var fromWrite = LatencyHistogram()
    /// From the moment a frame was due to its being written: how late this tool was.
    package var lateness = LatencyHistogram()
    /// From the beginning of a connection to the server's agreement.
    package var opening = LatencyHistogram()
    /// What became of the tones' levels, of the calls that ended.
    package var tones = ToneSummary()

    /// Nothing counted.
    package init() {}

    /// Adds what another loop counted.
    package mutating func merge(_ other: LoadTally) {
        callsStarted += other.callsStarted
        callsOpened += other.callsOpened
        callsEnded += other.callsEnded
        failures.merge(other.failures)
        violations.merge(other.violations)
        framesSent += other.framesSent
        framesReceived += other.framesReceived
        framesUntimed += other.framesUntimed
        messagesReceived += other.messagesReceived
        audioBytesReceived += other.audioBytesReceived
        framesLost += other.framesLost
        framesRepeated += other.framesRepeated
        outOfOrder += other.outOfOrder
        crossTalk += other.crossTalk
        silentWindows += other.silentWindows
        garbled += other.garbled
        windowsChecked += other.windowsChecked
        fromDeadline.merge(other.fromDeadline)
        fromWrite.merge(other.fromWrite)
        lateness.merge(other.lateness)
        opening.merge(other.opening)
        tones.merge(other.tones)
    }
}
