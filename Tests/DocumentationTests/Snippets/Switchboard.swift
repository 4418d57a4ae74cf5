// SPDX-License-Identifier: Apache-2.0
import VoiceBridge

// The bot of README.md and of the documentation's first page; a test holds them together.

struct Switchboard: ConversationHandler {
    func converse(on call: Call) async throws {
        try await call.play(Prompt(.tone(frequency: 800, duration: .milliseconds(200))))
        let choice = try await call.digits(DigitCollection(firstDigitTimeout: .seconds(8)))
        guard choice.digits == "1" else { return }
        try await call.transfer(to: .phone("09810000003"))
    }
}
