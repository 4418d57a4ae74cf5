// SPDX-License-Identifier: Apache-2.0

/// How a simulated call stands, for whoever shows it.
public struct SimulatedCallProgress: Sendable {
    /// Since `start`.
    public let time: Duration
    /// The loudest sample of the last frame that the caller said, 0 … 32768.
    public let callerPeak: Int
    /// The loudest sample of the last 100 ms that the caller heard, 0 … 32768.
    public let heardPeak: Int
    /// How much audio waits to be played.
    public let buffered: Duration
    /// Media messages sent.
    public let framesSent: Int
    /// Audio messages received.
    public let framesReceived: Int
    /// Underruns so far.
    public let underruns: Int
    /// What happened since the last report.
    public let news: [TimelineEntry]
}

extension SimulatedPlatform {
    /// How the call stands at `now`, with the timeline from entry `first` on.
    func progress(newsFrom first: Int, at now: Duration) -> SimulatedCallProgress {
        SimulatedCallProgress(
            time: startTime.map { now - $0 } ?? .zero,
            callerPeak: phase == .live && !isMute ? sentPeak : 0,
            heardPeak: player.peak(of: clock.sampleRate / 10),
            buffered: clock.duration(of: player.depth),
            framesSent: outcome.framesSent,
            framesReceived: outcome.framesReceived,
            underruns: player.count.underruns,
            news: Array(outcome.timeline.dropFirst(first))
        )
    }
}
