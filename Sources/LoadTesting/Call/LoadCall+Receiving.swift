// SPDX-License-Identifier: Apache-2.0
import CallModel
import NIOCore
import VoiceBridgeTesting
import WebSocketWire

extension LoadCall {
    /// Every so many messages of a call one is read by the letter, beside the first ones.
    private static let strictEvery = 512
    private static let strictFirst = 5

    /// Takes bytes of the WebSocket.
    func receive(_ bytes: ByteBuffer) {
        let now = NIODeadline.now()
        wire?.receive(bytes)
        do throws(WebSocketError) {
            while let event = try wire?.next(at: now) {
                switch event {
                case .text: receiveText(at: now)
                case .binary: receiveBinary(at: now)
                case .pong: receivePong(at: now)
                case .close(let code): receiveClose(code)
                case .ping: break
                }
            }
        } catch {
            problem = problem ?? "websocket: \(error.description)"
            giveUp()
        }
        if phase == .draining, framesBack >= framesSent { leave() }
        if wire?.hasOutbound == true { write() }
        if wire?.isClosed == true { context?.close(promise: nil) }
    }

    private func receiveText(at now: NIODeadline) {
        loop.tally.messagesReceived += 1
        messagesRead += 1
        let isMirror = loop.settings.plan.expectation == .mirror
        let isSampled = !isMirror && (messagesRead <= Self.strictFirst || messagesRead.isMultiple(of: Self.strictEvery))
        var isAudio = false
        wire?.withMessage { message in
            guard let place = scanner.audio(in: message) else { return }
            isAudio = loop.decoder.decode(message.extracting(place), into: &loop.bytes)
        }
        if isAudio, !isSampled { return take(at: now) }
        // A mirror sends back what begins a call, too.
        if !isMirror { read(isAudio: isAudio, at: now) }
    }

    /// Reads a message by the letter.
    private func read(isAudio: Bool, at now: NIODeadline) {
        let text = Array((wire?.takeMessage() ?? ByteBuffer()).readableBytesView)
        if reader == nil {
            reader = loop.settings.templates.reader(
                streamID: String(decoding: values.streamID, as: UTF8.self),
                callID: String(decoding: values.callID, as: UTF8.self)
            )
        }
        switch reader?.read(text) {
        case .audio(let bytes):
            if isAudio, bytes != loop.bytes { loop.tally.violations.count("audio that can be read in two ways") }
            loop.bytes = bytes
            take(at: now)
        case .mark(let name): marks.wait(name, at: now)
        case .clear: marks.clear(at: now)
        case .leave: leave()
        case .violation(let words):
            loop.tally.violations.count(String(words.prefix(120)))
            if isAudio { take(at: now) }
        case .other, nil: break
        }
    }

    private func receiveBinary(at now: NIODeadline) {
        loop.tally.messagesReceived += 1
        loop.bytes.removeAll(keepingCapacity: true)
        wire?.withMessage { message in
            for index in message.indices { loop.bytes.append(message[index]) }
        }
        take(at: now)
    }

    private func receivePong(at now: NIODeadline) {
        guard let left = pingLeft else { return }
        pingLeft = nil
        loop.tally.fromDeadline.record((now - left).nanoseconds)
        loop.tally.fromWrite.record((now - left).nanoseconds)
    }

    /// Takes the audio of one message, which lies in the loop's bytes.
    private func take(at now: NIODeadline) {
        let count = loop.bytes.count
        loop.tally.audioBytesReceived += count
        if !loop.settings.templates.allows(bytes: count) { loop.tally.violations.count("frame-size: \(count) bytes") }
        marks.play(loop.settings.duration(ofBytes: count), at: now)
        audioBytes += count
        guard phase == .live || phase == .draining, loop.settings.plan.expectation.isEcho else { return }
        if check != nil { examine(count) }
        let shift = check?.shift ?? 0
        while audioFrames < audioBytes / loop.settings.frameBytes {
            tell(audioFrames + shift, at: now)
            audioFrames += 1
        }
        framesBack = audioFrames + shift
    }

    /// Counts the way of one frame.
    private func tell(_ frame: Int, at now: NIODeadline) {
        loop.tally.framesReceived += 1
        guard check?.knowsPlace ?? true, frame >= 0, frame < framesSent else { return loop.tally.framesUntimed += 1 }
        loop.tally.fromDeadline.record((now - (origin + loop.settings.frame * frame)).nanoseconds)
        guard framesSent - frame <= Self.writtenCount else { return }
        loop.tally.fromWrite.record((now - written[frame % Self.writtenCount]).nanoseconds)
    }

    /// Looks at the sound, window by window.
    private func examine(_ count: Int) {
        guard let tone, let size = check?.windowSamples else { return }
        let bytes = loop.bytes
        for index in 0..<count / loop.decoder.bytesPerSample {
            window.append(loop.decoder.sample(bytes.span, at: index))
            guard window.count == size else { continue }
            // Held by a name of its own: what observes it and the window are parts of one call.
            let sound = window
            let finding = check?.observe(tone.meter.measure(sound.span), sound.span)
            window.removeAll(keepingCapacity: true)
            loop.tally.windowsChecked += 1
            if let finding { loop.count(finding, of: tone) }
        }
    }
}
