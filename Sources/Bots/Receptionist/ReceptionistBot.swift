// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// Greets, offers a menu by digits, and connects: sales by phone, support by extension, the operator by flow.
package struct ReceptionistBot: ConversationHandler {
    /// Where the menu leads.
    package struct Targets: Sendable {
        /// Digit 1: a telephone number.
        package var sales: String
        /// Digit 2: an extension.
        package var support: String
        /// Digit 0: a flow of the platform.
        package var operatorFlow: String

        /// Where the menu leads.
        package init(sales: String = "09810000003", support: String = "204", operatorFlow: String = "operator") {
            self.sales = sales
            self.support = support
            self.operatorFlow = operatorFlow
        }
    }

    private let prompts: ReceptionistPrompts
    private let targets: Targets
    private let noInputTimeout: Duration
    private let attempts: Int
    private let recording: Duration

    /// A receptionist.
    ///
    /// - Parameters:
    ///   - prompts: what it says.
    ///   - targets: where the menu leads.
    ///   - noInputTimeout: how long it waits for a digit after the menu.
    ///   - attempts: how often it plays the menu to a caller who makes no choice, at least once.
    ///   - recording: how long it listens when it says back.
    package init(
        prompts: ReceptionistPrompts,
        targets: Targets = Targets(),
        noInputTimeout: Duration = .seconds(5),
        attempts: Int = 3,
        recording: Duration = .seconds(5)
    ) {
        self.prompts = prompts
        self.targets = targets
        self.noInputTimeout = noInputTimeout
        self.attempts = max(1, attempts)
        self.recording = recording
    }

    package func converse(on call: Call) async throws {
        var left = attempts
        while left > 0 {
            try await call.play(prompts.menu)
            let choice = try await call.digits(DigitCollection(count: 1, firstDigitTimeout: noInputTimeout))
            switch choice.digits {
            case "1": return try await connect(call, prompts.connecting, .phone(targets.sales))
            case "2": return try await connect(call, prompts.connecting, .extension(targets.support))
            case "0": return try await connect(call, prompts.operatorComing, .flow(targets.operatorFlow))
            case "3":
                try await sayBack(call)
                left = attempts
            case "9": left = attempts
            case "":
                left -= 1
                try await call.play(prompts.noInput)
            default:
                left -= 1
                try await call.play(prompts.badInput)
            }
        }
        try await call.play(prompts.goodbye, interruption: .protected)
        try await call.hangUp()
    }

    private func connect(_ call: Call, _ announcement: Prompt, _ target: TransferTarget) async throws {
        try await call.play(announcement, interruption: .protected)
        try await call.transfer(to: target)
    }

    /// Repeats what the caller says after a tone; a digit ends the listening early.
    private func sayBack(_ call: Call) async throws {
        try await call.play(prompts.sayItBack, interruption: .digitsOnly)
        try await call.play(Self.tone, interruption: .protected)
        call.discardDigits()
        call.discardEvents()
        var recorded: [Int16] = []
        let wanted = audioFormat.sampleCount(for: recording)
        listening: for await event in call.events {
            switch event {
            case .audio(let chunk):
                recorded += chunk.samples.prefix(wanted - recorded.count)
                if recorded.count >= wanted { break listening }
            case .digit, .ended: break listening
            default: continue
            }
        }
        call.discardDigits()
        guard let audio = AudioChunk(samples: recorded, sampleRate: audioFormat.sampleRate) else { return }
        try await call.play(Prompt(audio), interruption: .digitsOnly)
    }

    private static let tone = Prompt(.tone(frequency: 1_000, duration: .milliseconds(200), level: -14))
}
