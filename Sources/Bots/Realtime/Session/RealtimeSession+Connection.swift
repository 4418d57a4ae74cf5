// SPDX-License-Identifier: Apache-2.0

import CallModel

// The connection: how it comes about, is lost, and is replaced.
extension RealtimeSession {
    mutating func connect(at now: CallInstant) {
        phase = .connecting(deadline: now + settings.connectTimeout)
        isWritable = true
        outputs.append(.connect)
    }

    /// The WebSocket is open.
    mutating func opened(at now: CallInstant) {
        guard case .connecting = phase else { return }
        phase = .opening(deadline: now + Self.greetingPatience)
    }

    /// The connection ended, or did not come about.
    mutating func closed(_ end: UpstreamEnd, at now: CallInstant) {
        switch phase {
        case .connecting, .opening, .updating, .ready: break
        case .idle, .pausing, .over: return
        }
        if let error = end.hopeless { return fail(error) }
        var pause: Duration?
        if case .refused(_, let retryAfter) = end { pause = retryAfter }
        lost(end.text, pause: pause, at: now)
    }

    /// Whether the connection takes more; caller audio waits while it does not.
    mutating func writabilityChanged(_ isWritable: Bool, at now: CallInstant) {
        self.isWritable = isWritable
        if isWritable { sendBacklog() }
    }

    /// Tells the service what session is wanted.
    mutating func update(at now: CallInstant) {
        let shape = ClientEvents.SessionShape(
            settings: settings,
            instructions: instructions,
            language: language,
            format: format,
            tools: ToolDescription.list(tools)
        )
        send { $0.update(shape) }
        phase = .updating(deadline: now + settings.answerTimeout)
    }

    /// Holds what the service made of the settings against what was asked.
    mutating func updated(input: FormatName?, output: FormatName?, at now: CallInstant) {
        guard case .updating = phase else { return }
        for (direction, told) in [("takes", input), ("answers in", output)] {
            guard let told else { continue }
            guard format.matches(name: told.name, rate: told.rate) else {
                let rate = told.rate.map { " at \($0) Hz" } ?? ""
                let asked = "\(format.currentName) at \(format.audio.sampleRate) Hz"
                return fail(
                    RealtimeError(
                        .formatIgnored,
                        "the realtime service \(direction) \(told.name)\(rate) though \(asked) was asked for; set `audio`"
                    )
                )
            }
        }
        if input == nil || output == nil { note("the realtime service does not tell the session's audio format") }
        ready(at: now)
    }

    private mutating func ready(at now: CallInstant) {
        phase = .ready
        readySince = now
        faultsInARow = 0
        let names = settings.eventNames
        for entry in context.entries { send { $0.message(entry.text, by: entry.role, names) } }
        sendBacklog()
        if !hasGreeted {
            hasGreeted = true
            if settings.speaksFirst { want(.greeting(start.openingLine ?? settings.greeting), at: now) }
        } else if wantsAnswerWhenBack {
            want(.plain, at: now)
        }
        wantsAnswerWhenBack = false
        settleForeignCalls(at: now)
        askForAnswer(at: now)
    }

    /// The service is gone: what came of it plays on, and another session is had after a while.
    mutating func lost(_ reason: String, pause: Duration? = nil, at now: CallInstant) {
        leaveSession()
        let began = outageBegan ?? now
        outageBegan = began
        attempts += 1
        let backoff = Duration.milliseconds(250 << min(attempts - 1, 4))
        let until = now + max(pause ?? .zero, backoff)
        guard until < began + settings.reconnectPatience else {
            return fail(RealtimeError(.unreachable, "the realtime service is out of reach: \(reason)"))
        }
        note("the realtime service is lost: \(reason); attempt \(attempts) follows")
        outputs.append(.disconnect)
        phase = .pausing(until: until)
    }

    /// Replaces a session that grows too old.
    mutating func renew(at now: CallInstant) {
        leaveSession()
        note("the realtime session is replaced for its age")
        outputs.append(.disconnect)
        connect(at: now)
    }

    /// Forgets what belonged to the session; what was said in it is kept for the next one.
    private mutating func leaveSession() {
        if phase == .ready {
            figures.reconnections += 1
            wantsAnswerWhenBack = running.map { !$0.isDead } ?? (awaited != nil)
        }
        let isCutOff = running.map { !$0.isDead && $0.hasSpoken } ?? false
        if let request = awaited?.request ?? running?.request, case .farewell = request { requests.append(request) }
        running = nil
        awaited = nil
        requests.removeAll { $0 == .plain || $0.isApart }
        answerDeadline = nil
        retryAt = nil
        callerSpeaks = false
        readySince = nil
        reader.currentItem = ""
        for index in items.indices {
            complete(index)
            noteInContext(index, heardShare: 1)
            items[index].isKnown = false
        }
        if isCutOff { context.add(.system, "The line to you was lost in the midst of your last answer: say its rest.") }
        for index in calls.indices { calls[index].isForeign = true }
    }

    private var instructions: String {
        var text = settings.instructions
        if let message = start.systemMessage, !message.isEmpty { text += "\n\n" + message }
        if let language, !language.isEmpty { text += "\n\nThe caller speaks this language (BCP 47): \(language)." }
        return text
    }

    private var language: String? { start.language ?? settings.language }
}
