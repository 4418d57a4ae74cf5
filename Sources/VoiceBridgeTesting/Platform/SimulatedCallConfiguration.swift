// SPDX-License-Identifier: Apache-2.0

/// One call as the platform will play it.
public struct SimulatedCallConfiguration: Sendable {
    /// Whose wire is spoken.
    public var dialect = SimulatedDialect.ivrSolutions
    /// Which platform it is of those that speak the dialect in their own way; `nil` is the one it is named after.
    ///
    /// Its ``SimulatedVariant/dialect`` must be ``dialect``; it means nothing otherwise.
    public var variant: SimulatedVariant?
    /// The call's id; made at random, so that two calls are two.
    public var callID: String
    /// The media stream's id; made at random.
    public var streamID: String
    /// The caller's number.
    public var from = "9810000001"
    /// The number called.
    public var to = "18000000002"
    /// The wire's format: that of the caller's sound, and of the server's unless ``serverFormat`` says otherwise.
    public var format = SimulatedAudioFormat.pcm8kHz
    /// The format of the server's sound, where the platform was told another one for it, as Telnyx can be.
    public var serverFormat: SimulatedAudioFormat?
    /// What one media message carries, in milliseconds, 1 … 1000.
    public var frameMilliseconds = 20
    /// What the caller says, at the format's rate; silence follows.
    public var callerAudio: [Int16] = []
    /// The keys the caller presses.
    public var digits: [ScheduledDigit] = []
    /// When the caller hangs up, counted from `start`.
    ///
    /// `nil`: 2 s after the last of audio and keys, or after 60 s when there is no audio.
    public var duration: Duration?
    /// How marks return.
    public var markMode = MarkMode.honest
    /// What goes wrong, if anything.
    public var fault: PlatformFault?
    /// When a fault that has a moment strikes, counted from `start`.
    public var faultTime = Duration.seconds(1)
    /// Sends the caller's audio as bare binary messages, as a customer may configure it.
    public var sendsBinaryAudio = false
    /// Sends `connected`, `start` and the first media message in one piece with the end of the opening handshake.
    public var startsEagerly = false
    /// How long the platform holds the first audio of a playback before it plays, as a jitter buffer does.
    public var playoutDelay = Duration.zero
    /// An empty buffer for this long is a pause between two playbacks; shorter, it is an underrun inside one.
    public var pauseThreshold = Duration.seconds(1)
    /// More unplayed audio than this is a violation; `nil` takes any amount.
    public var maximumBuffer: Duration?
    /// How long after the call's end messages may still arrive that were under way.
    public var inFlightGrace = Duration.milliseconds(250)
    /// How long the server may take to close after `stop`, before the platform does.
    public var closeGrace = Duration.seconds(2)
    /// Whether the first violation ends the call.
    public var endsAtViolation = true
    /// Whether the result holds what the caller heard, 2 bytes a sample.
    public var keepsHeardAudio = true

    /// A call of silence on a platform, in its usual format and frames, with ids of its own.
    public init(_ dialect: SimulatedDialect = .ivrSolutions) {
        self.dialect = dialect
        format = dialect.formats.first ?? .pcm8kHz
        frameMilliseconds = dialect.frameMilliseconds
        let number = UInt64.random(in: 0..<1 << 48)
        callID = "call_sim_" + String(number, radix: 36)
        streamID = "sim." + String(number)
    }

    /// A call of silence on a platform that speaks another's dialect in its own way, in its usual format and frames.
    public init(_ variant: SimulatedVariant) {
        self.init(variant.dialect)
        self.variant = variant
        format = variant.formats.first ?? format
        frameMilliseconds = variant.frameMilliseconds
    }

    /// The format in which the server's sound must come.
    var playedFormat: SimulatedAudioFormat { serverFormat ?? format }

    /// When the caller hangs up, counted from `start`.
    public var plannedDuration: Duration {
        if let duration { return duration }
        guard !callerAudio.isEmpty else { return .seconds(60) }
        let spoken = SampleClock(origin: .zero, sampleRate: format.sampleRate).duration(of: callerAudio.count)
        return max(spoken, digits.map(\.time).max() ?? .zero) + .seconds(2)
    }
}
