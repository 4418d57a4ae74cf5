// SPDX-License-Identifier: Apache-2.0
import VoiceBridge

// The code of the article "Your first bot"; a test holds the two together.

/// Beeps as often as the key that was pressed says; 0 or silence ends the call.
struct Beeper: ConversationHandler {
    let beep = Prompt(.tone(frequency: 800, duration: .milliseconds(200)))

    func converse(on call: Call) async throws {
        try await call.play(beep)
        while true {
            let pressed = try await call.digits(DigitCollection(firstDigitTimeout: .seconds(5)))
            guard let count = Int(pressed.digits), count > 0 else { return }
            for _ in 0..<count {
                guard try await call.play(beep, interruption: .digitsOnly) == .finished else { break }
            }
        }
    }
}
