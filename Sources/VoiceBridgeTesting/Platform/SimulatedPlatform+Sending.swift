// SPDX-License-Identifier: Apache-2.0

extension SimulatedPlatform {
    private enum Step {
        case connect
        case start
        case media
        case digit
        case mark
        case ping
        case release
        case drained
        case fault
        case end
        case closeTimeout
    }

    /// When ``advance(to:)`` has something to do; nil when the call is over.
    public var nextDeadline: Duration? { nextStep?.time }

    /// Does everything that is due at `now`, in order.
    public mutating func advance(to now: Duration) {
        tick(now)
        while let (step, time) = nextStep, time <= self.now {
            if phase == .live { outcome.ownDelay = max(outcome.ownDelay, self.now - time) }
            perform(step)
        }
    }

    private var nextStep: (step: Step, time: Duration)? {
        switch phase {
        case .idle: return (.connect, .zero)
        case .connected: return connectedStep
        case .live: return liveStep
        case .ending: return closeDeadline.map { (.closeTimeout, $0) }
        case .over: return nil
        }
    }

    private var connectedStep: (Step, Duration) {
        switch configuration.fault {
        case .noStart: (.end, connectedTime + configuration.plannedDuration)
        case .lateStart: (.start, connectedTime + .seconds(3))
        case .stopWithoutStart: (.end, connectedTime)
        default: (.start, connectedTime)
        }
    }

    /// The earliest of all that may come; of several at one time the last considered: a call's last frame goes out
    /// before its `stop`, a mark before the audio of its moment.
    private var liveStep: (step: Step, time: Duration)? {
        guard let startTime else { return nil }
        var best = (step: Step.end, time: startTime + configuration.plannedDuration)
        func consider(_ step: Step, _ time: Duration?) {
            if let time, time <= best.time { best = (step, time) }
        }
        if faultIsDue { consider(.fault, startTime + configuration.faultTime) }
        if !isMute {
            consider(.ping, startTime + .seconds(1 + 5 * pingsDue))
            if isHolding, let queue = wire.rules.queue {
                consider(.release, max(now, clock.time(of: player.tail - clock.samples(in: queue.low))))
            }
            if digitIndex < configuration.digits.count {
                consider(.digit, startTime + configuration.digits[digitIndex].time)
            }
            let framesBegun = framesDue + (configuration.startsEagerly ? 0 : 1)
            consider(.media, callerClock.time(of: framesBegun * samplesPerFrame))
            if hasToldPlayback { consider(.drained, max(now, clock.time(of: player.tail))) }
            consider(.mark, marks.deadline)
        }
        return best
    }

    var samplesPerFrame: Int {
        max(1, configuration.format.sampleRate * configuration.frameMilliseconds / 1_000)
    }

    private mutating func perform(_ step: Step) {
        switch step {
        case .connect:
            connectedTime = now
            phase = .connected
            if let message = wire.connected() { send(message, noted: "connected") }
        case .start: start()
        case .media: sendMedia()
        case .digit: sendDigit()
        case .mark: returnMark()
        case .ping: sendPing()
        case .release: hold(false)
        case .drained:
            hasToldPlayback = false
            if let message = wire.playback(false) { send(message, noted: "playback completed") }
        case .fault: strike()
        case .end: reachEnd()
        case .closeTimeout: giveUpWaiting()
        }
    }

    private mutating func start() {
        phase = .live
        startTime = now
        clock = SampleClock(origin: now, sampleRate: clock.sampleRate)
        callerClock = SampleClock(origin: now, sampleRate: callerClock.sampleRate)
        let rate = configuration.fault == .badFormat ? 11_025 : callerClock.sampleRate
        send(wire.start(configuration, sampleRate: rate), noted: "start")
    }

    private mutating func sendMedia() {
        let first = framesDue * samplesPerFrame
        framesDue += 1
        guard wire.sendsAudio else { return }
        wire.played(to: framesDue * configuration.frameMilliseconds)
        let spoken = configuration.callerAudio.dropFirst(first).prefix(samplesPerFrame)
        sentPeak = spoken.reduce(0) { max($0, abs(Int($1))) }
        var samples = Array(spoken)
        samples.append(contentsOf: repeatElement(0, count: samplesPerFrame - samples.count))
        let bytes = carried(ordered(configuration.format.encode(samples), in: configuration.format))
        outcome.framesSent += 1
        if configuration.sendsBinaryAudio || wire.rules.sendsBinaryAudio {
            actions.append(.binary(bytes))
        } else {
            let milliseconds = framesDue * configuration.frameMilliseconds
            let payload = wire.payload(bytes)
            actions.append(.text(wire.media(payload: payload, chunk: framesDue, milliseconds: milliseconds)))
        }
    }

    /// With the fault of odd bytes, moves the last byte of every second PCM message into the next.
    private mutating func carried(_ bytes: [UInt8]) -> [UInt8] {
        guard configuration.fault == .oddBytes, configuration.format.encoding == .pcm else { return bytes }
        var moved = carriedByte.map { [$0] } ?? []
        moved += bytes
        carriedByte = carriedByte == nil ? moved.popLast() : nil
        return moved
    }

    private mutating func sendDigit() {
        let digit = configuration.digits[digitIndex].digit
        digitIndex += 1
        outcome.digits.append(digit)
        player.callerActed()
        if let message = wire.digit(digit) { send(message, noted: "dtmf \(digit)") }
    }

    private mutating func sendPing() {
        pingsDue += 1
        if let message = wire.ping() { send(message, noted: "ping") }
    }

    private mutating func returnMark() {
        guard let mark = marks.next(at: now), let message = wire.mark(mark.name, isCleared: mark.isCleared) else {
            return
        }
        outcome.marksReturned += 1
        send(message, noted: "mark \(mark.name)")
    }

    /// Tells the server to hold its audio, or to go on.
    mutating func hold(_ isHeld: Bool) {
        isHolding = isHeld
        if let message = wire.hold(isHeld) { send(message, noted: isHeld ? "hold" : "go on") }
    }

    /// The bytes in the wire's order, or from it.
    func ordered(_ bytes: [UInt8], in format: SimulatedAudioFormat) -> [UInt8] {
        guard wire.rules.isBigEndian, format.encoding == .pcm else { return bytes }
        return stride(from: 0, to: bytes.count - 1, by: 2).flatMap { [bytes[$0 + 1], bytes[$0]] }
    }

    mutating func send(_ text: String, noted: String) {
        actions.append(.text(text))
        note(.sent, noted)
    }
}
