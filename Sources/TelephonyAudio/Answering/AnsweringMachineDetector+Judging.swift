// SPDX-License-Identifier: Apache-2.0

extension AnsweringMachineDetector {
    /// Tells what follows from the time that has gone by.
    mutating func judge(_ body: (AnsweringFinding) -> Void) {
        guard !isDecided else { return }
        switch method {
        case .silence(let numbers): judge(numbers, body)
        case .keys(let numbers): judge(numbers, body)
        }
    }

    private mutating func judge(_ numbers: Silence, _ body: (AnsweringFinding) -> Void) {
        let length = milliseconds(greeting.length(at: elapsed))
        let wanted = min(max(numbers.milliseconds, 50), 10_000)
        let rounds = min(max(numbers.rounds, 1), 30)
        guard greeting.start != nil else {
            guard !hasToldOfNobody, milliseconds(elapsed) >= max(wanted * rounds, numbers.timeout) else { return }
            hasToldOfNobody = true
            return body(finding(.nobodySpoke, 0.5))
        }
        greeting.countSilence(of: wanted * rate / 1000, at: elapsed)
        if greeting.rounds >= rounds {
            // From a second of words, which nearly every human being keeps below, to the timeout, which some reach.
            let limit = numbers.timeout > 1000 ? numbers.timeout : 3000
            let excess = min(max(Double(length - 1000) / Double(limit - 1000), 0), 1)
            decide(.silenceAfterGreeting(milliseconds: length), 0.05 + 0.4 * excess, body)
        } else if greeting.silenceStart == nil, numbers.timeout > 0, length >= numbers.timeout {
            // One who says hello again and again is silent for most of the time.
            let share = Double(greeting.spoken(at: elapsed)) / Double(max(greeting.length(at: elapsed), 1))
            decide(.longGreeting(milliseconds: length), 0.5 + 0.45 * min(share, 1), body)
        }
    }

    private mutating func judge(_ numbers: Keys, _ body: (AnsweringFinding) -> Void) {
        guard milliseconds(elapsed - roundStart) >= numbers.timeout else { return }
        round += 1
        roundStart = elapsed
        if round >= max(numbers.rounds, 1) {
            decide(.noKey, 0.85, body)
        } else {
            body(finding(.noKeyYet(round: round), 0.6))
        }
    }

    /// Tells of a tone, which settles the matter whatever was thought before.
    ///
    /// - Parameters:
    ///   - signal: the tone.
    ///   - ago: samples since it was certain.
    ///   - body: is told.
    mutating func report(_ signal: BeepDetector.Signal, ago: Int, _ body: (AnsweringFinding) -> Void) {
        elapsed -= ago
        defer { elapsed += ago }
        switch signal.kind {
        case .specialInformation: decide(.specialInformation, 0.98, body)
        case .beep:
            // Near 425 and 440 Hz lie the progress tones of many networks.
            decide(.beep(hertz: Int(signal.frequency.rounded())), signal.frequency < 460 ? 0.75 : 0.95, body)
        }
    }

    mutating func decide(
        _ evidence: AnsweringFinding.Evidence,
        _ probability: Double,
        _ body: (AnsweringFinding) -> Void
    ) {
        isDecided = true
        body(finding(evidence, probability))
    }

    private func finding(_ evidence: AnsweringFinding.Evidence, _ probability: Double) -> AnsweringFinding {
        AnsweringFinding(
            evidence: evidence,
            machineProbability: probability,
            milliseconds: milliseconds(elapsed)
        )
    }

    private func milliseconds(_ samples: Int) -> Int { samples * 1000 / rate }
}
