// SPDX-License-Identifier: Apache-2.0

/// Pace and depth of a route's queues (`audio`).
package struct AudioSettings: Sendable, Equatable {
    /// `lead`: how far ahead of real time audio is sent, 0…1000 ms.
    ///
    /// Default 200 ms. More hides longer stalls of ours and makes an interruption depend on the platform's flush.
    package var lead: Duration
    /// `frame`: audio in one outbound message, a multiple of 20 ms up to 200 ms.
    ///
    /// Default 20 ms. More costs less and interrupts more coarsely.
    package var frame: Duration
    /// `start_threshold`: audio that a playback gathers before its first frame is sent, 0…500 ms.
    ///
    /// Default 60 ms; live sources ignore it.
    package var startThreshold: Duration
    /// `pre_buffer`: caller audio kept while the bot is not ready, 0…10 s; older is dropped and counted.
    ///
    /// Default 2 s.
    package var preBuffer: Duration
    /// `maximum_queue`: audio of the bot that waits to be sent, 1 s…10 min.
    ///
    /// Default 1 min; a bot that is further ahead waits.
    package var maximumQueue: Duration
    /// `detect_dtmf`: whether keys are listened for in the audio itself.
    ///
    /// Default false. For platforms that send no message for a key; one that does is believed, and the ear is closed.
    package var detectsDTMF: Bool
    /// `doctor`: whether the first 15 s of caller audio are looked over for a wrong encoding, rate or byte order,
    /// clipping, silence; what is found is logged once.
    ///
    /// Default true.
    package var doctor: Bool

    /// Settings of a route; the defaults are those of an empty entry.
    package init(
        lead: Duration = .milliseconds(200),
        frame: Duration = .milliseconds(20),
        startThreshold: Duration = .milliseconds(60),
        preBuffer: Duration = .seconds(2),
        maximumQueue: Duration = .seconds(60),
        detectsDTMF: Bool = false,
        doctor: Bool = true
    ) {
        self.lead = lead
        self.frame = frame
        self.startThreshold = startThreshold
        self.preBuffer = preBuffer
        self.maximumQueue = maximumQueue
        self.detectsDTMF = detectsDTMF
        self.doctor = doctor
    }
}
