// SPDX-License-Identifier: Apache-2.0
import VoiceBridge

struct LeaveMessage: ConversationHandler {
    let greeting: Prompt
    let message: Prompt
    let music: Prompt

    func converse(on call: Call) async throws {
        call.detectAnswering()
        for await event in call.events {
            guard case .answering(let verdict) = event else { continue }
            if verdict.answerer == .human { return try await talk(on: call) }
            guard case .beep = verdict.evidence else { continue }
            try await call.play(message, interruption: .protected)
            return
        }
    }

    private func talk(on call: Call) async throws {
        call.detectAnswering(nil)
        call.background(music, while: .thinking)
        try await call.play(greeting)
        try await call.working { try await Task.sleep(for: .seconds(2)) }
    }
}
