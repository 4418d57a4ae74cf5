// SPDX-License-Identifier: Apache-2.0

/// The platform's side of one call: what it sends and when, what the caller hears, what the server gets wrong.
///
/// A value without I/O and without a clock. Time is handed in, counted from the end of the opening handshake. Whoever
/// drives it
/// 1. calls ``advance(to:)`` at time zero and whenever ``nextDeadline`` has come,
/// 2. hands in what the server sends with `receive(text:at:)` and ``receive(binary:at:)``, and its end with
///    ``receiveClose(code:reason:at:)`` or ``connectionEnded(_:at:)``,
/// 3. after each of these does what ``nextAction()`` says until it says nothing, and
/// 4. when ``isOver``, takes ``result(at:)``.
///
/// Media goes out by absolute deadlines, counted in samples from the `start` message: late calls catch up, nothing
/// drifts. Codec, base64, JSON and sample counts are the simulator's own.
public struct SimulatedPlatform: Sendable {
    enum Phase: Equatable {
        /// Nothing was sent.
        case idle
        /// `connected` was sent.
        case connected
        /// `start` was sent.
        case live
        /// `stop` was sent, or the call was cut; the close is outstanding.
        case ending
        /// Everything is over.
        case over
    }

    /// The call as planned.
    public let configuration: SimulatedCallConfiguration
    var phase = Phase.idle
    var wire: any PlatformWire
    var player: PlaybackBuffer
    var marks: PendingMarks
    /// Counts what the caller hears.
    var clock: SampleClock
    /// Counts what the caller says.
    var callerClock: SampleClock
    var outcome = SimulatedCallResult()
    var actions: [PlatformAction] = []
    var nextActionIndex = 0
    /// The latest time handed in.
    var now = Duration.zero
    var connectedTime = Duration.zero
    var startTime: Duration?
    var framesDue = 0
    var digitIndex = 0
    var pingsDue = 0
    var faultIsDue: Bool
    /// A byte of PCM that the next message begins with.
    var carriedByte: UInt8?
    /// When the server has to have closed.
    var closeDeadline: Duration?
    var endedTime: Duration?
    /// When the platform itself begins the closing handshake.
    var isClosing = false
    var hangUps = 0
    var hasTransferred = false
    var isMute = false
    /// Whether the server was told to hold its audio.
    var isHolding = false
    /// Whether the server was told that its sound plays.
    var hasToldPlayback = false
    /// When the audio messages of the last second came.
    var arrivals: [Duration] = []
    /// Whether the server has answered the last message, behind which the platform closes.
    var hasFarewell = false
    var isDeaf = false
    var sentPeak = 0

    /// A call that has not begun.
    public init(_ configuration: SimulatedCallConfiguration) {
        self.configuration = configuration
        let rate = configuration.playedFormat.sampleRate
        clock = SampleClock(origin: .zero, sampleRate: rate)
        callerClock = SampleClock(origin: .zero, sampleRate: configuration.format.sampleRate)
        player = PlaybackBuffer(
            delay: clock.samples(in: configuration.playoutDelay),
            pause: clock.samples(in: configuration.pauseThreshold),
            keepsSound: configuration.keepsHeardAudio
        )
        marks = PendingMarks(mode: configuration.markMode)
        wire = configuration.dialect.wire(of: configuration)
        outcome.sampleRate = rate
        faultIsDue = configuration.fault.map(Self.strikesOnce) ?? false
    }

    /// Whether nothing is left to do.
    public var isOver: Bool { phase == .over }

    /// What to do next on the socket; nil when nothing is due.
    public mutating func nextAction() -> PlatformAction? {
        guard nextActionIndex < actions.count else {
            actions.removeAll(keepingCapacity: true)
            nextActionIndex = 0
            return nil
        }
        defer { nextActionIndex += 1 }
        return actions[nextActionIndex]
    }

    /// What the call came to by `now`.
    public mutating func result(at now: Duration) -> SimulatedCallResult {
        tick(now)
        var result = outcome
        (result.playback, result.heard) = player.settled()
        if let startTime { result.duration = max(.zero, (endedTime ?? now) - startTime) }
        return result
    }

    /// Time passes: the caller hears on.
    mutating func tick(_ now: Duration) {
        self.now = max(self.now, now)
        // After the end the line is dead: the caller's clock has stopped.
        if startTime != nil, endedTime == nil { player.advance(to: clock.position(at: self.now)) }
    }

    mutating func note(_ direction: TimelineEntry.Direction, _ text: String) {
        guard outcome.timeline.count < 10_000 else { return }
        outcome.timeline.append(TimelineEntry(time: now, direction: direction, text: text))
    }

    private static func strikesOnce(_ fault: PlatformFault) -> Bool {
        switch fault {
        case .silence, .vanish, .deaf, .duplicateStart, .garbage, .garbageFlood, .oversize, .badBase64: true
        case .closeWithoutStop, .halfClose, .lateStart, .noStart, .badFormat, .oddBytes, .stopTwice,
            .stopWithoutStart, .ignoreHangUpOnce, .ignoreHangUp:
            false
        }
    }
}
