// SPDX-License-Identifier: Apache-2.0

extension SimulatedPlatform {
    /// The server sent a text message.
    public mutating func receive(text: some Sequence<UInt8>, at now: Duration) {
        tick(now)
        guard !isDeaf, phase != .over else { return }
        let (name, members, meaning) = wire.read(Array(text))
        guard isExpected(name) else { return }
        switch meaning {
        case .success(.audio(let bytes)): play(bytes)
        case .success(let message):
            let time = self.now - (startTime ?? .zero)
            outcome.commands.append(ReceivedCommand(type: name, time: time, fields: members))
            note(.received, "\(name)\(Self.words(members))")
            obey(message)
        case .failure(let fault): violate(fault.rule, fault.detail)
        }
    }

    /// The server sent a binary message: audio.
    public mutating func receive(binary: [UInt8], at now: Duration) {
        tick(now)
        guard !isDeaf, phase != .over, isExpected("binary audio") else { return }
        guard wire.rules.takesBinaryAudio else { return violate(.unknownMessage, "a binary message") }
        play(binary)
    }

    /// Whether a message may come now at all.
    private mutating func isExpected(_ name: String) -> Bool {
        switch phase {
        case .idle, .connected:
            violate(.beforeStart, name)
            return configuration.endsAtViolation == false && phase != .ending
        case .live:
            guard hangUps > 0, name != wire.rules.hangUpName else { return true }
            violate(.afterHangUp, name)
        case .ending where isClosing: break
        case .ending where name == wire.rules.farewellName:
            // Not at once, so that a server that does not wait for it is seen.
            hasFarewell = true
            closeDeadline = now + .milliseconds(100)
        case .ending where wire.rules.answerNames.contains(name): break
        case .ending where hasTransferred: violate(.afterTransfer, name)
        case .ending where hangUps > 0: violate(.afterHangUp, name)
        case .ending:
            outcome.lateMessages += 1
            if let endedTime, now > endedTime + configuration.inFlightGrace { violate(.afterStop, name) }
        case .over: break
        }
        return false
    }

    private mutating func play(_ bytes: [UInt8]) {
        outcome.framesReceived += 1
        if outcome.firstAudio == nil, let startTime { outcome.firstAudio = now - startTime }
        let rules = wire.rules
        if bytes.starts(with: "RIFF".utf8) { violate(.wavHeader, "audio begins with RIFF") }
        let format = configuration.playedFormat
        guard rules.allow(bytes: bytes.count), let samples = format.decode(ordered(bytes, in: format)) else {
            violate(.frameSize, "\(bytes.count) bytes are not \(rules.sizes)")
            return
        }
        guard !isHolding else { return note(.inside, "audio that should have been held is lost") }
        guard isSlowEnough() else { return }
        if !hasToldPlayback, let message = wire.playback(true) {
            hasToldPlayback = true
            send(message, noted: "playback started")
        }
        switch player.receive(samples) {
        case .begins: note(.received, "audio begins")
        case .resumes(let gap): note(.inside, "underrun of \(clock.duration(of: gap).roundedMilliseconds) ms")
        case .continues: break
        }
        if let queue = rules.queue, player.depth > clock.samples(in: queue.full) { hold(true) }
        if let limit = configuration.maximumBuffer ?? rules.buffer, player.depth > clock.samples(in: limit) {
            let depth = clock.duration(of: player.depth).roundedMilliseconds
            violate(.bufferOverrun, "\(depth) ms wait, the buffer holds \(limit.roundedMilliseconds) ms")
        }
    }

    /// Whether no more messages of audio have come in the last second than the platform takes.
    private mutating func isSlowEnough() -> Bool {
        guard let limit = wire.rules.maximumRate else { return true }
        arrivals.removeAll { $0 <= now - .seconds(1) }
        arrivals.append(now)
        guard arrivals.count > limit else { return true }
        violate(.messageRate, "\(arrivals.count) messages of audio in a second, at most \(limit) are taken")
        return false
    }

    private mutating func obey(_ message: ServerMessage) {
        switch message {
        case .audio: break
        case .audioDone: player.endPlayback()
        case .clear: clear()
        case .mark(let name):
            outcome.marksReceived += 1
            let played = clock.time(of: player.tail)
            marks.receive(name, position: player.tail, played: played, now: now)
        case .clearMarks: marks.returnAll(from: .min, now: now)
        case .nothing: break
        case .digits(let digits): outcome.digitsReceived += digits
        case .hangUp: hangUp()
        case .failure(let reason):
            settle(.server, reason, asTold: configuration.fault?.expectedCloseCode != nil)
            end(by: .server, reason: reason, stopReason: "callended")
        case .transfer:
            hasTransferred = true
            end(by: .bot, reason: "transfer", stopReason: "stopped")
        }
    }

    private mutating func clear() {
        let taken = player.clear()
        marks.clear(from: player.position, now: now, wire.rules.clearedMarks)
        if let answer = wire.cleared() { send(answer, noted: "cleared") }
        if taken > 0 {
            note(.inside, "\(clock.duration(of: taken).roundedMilliseconds) ms of audio were not heard")
        }
    }

    private mutating func hangUp() {
        hangUps += 1
        switch configuration.fault {
        case .ignoreHangUp: break
        case .ignoreHangUpOnce where hangUps == 1: break
        default: end(by: .bot, reason: "hangup", stopReason: "callended")
        }
    }

    private static func words(_ members: [PlainJSON.Member]) -> String {
        let usual = ["type", "event", "stream_sid", "streamSid", "streamId"]
        let rest = members.filter { !usual.contains($0.key) }
        return rest.isEmpty ? "" : " " + rest.map(\.value.text).joined(separator: " ")
    }
}
