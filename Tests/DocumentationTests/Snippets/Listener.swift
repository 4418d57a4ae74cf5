// SPDX-License-Identifier: Apache-2.0
import VoiceBridge

// The bots of the article on turns; a test holds them together.

/// Beeps after everything the caller says; asks again after silence, three times.
struct Listener: ConversationHandler {
    let question = Prompt(.tone(frequency: 600, duration: .milliseconds(600)), text: "Shall I beep?")
    let beep = Prompt(.tone(frequency: 900, duration: .milliseconds(300)))

    func converse(on call: Call) async throws {
        try await withThrowingTaskGroup(of: Void.self) { speaking in
            speaking.addTask { _ = try await call.play(question) }
            for await event in call.events {
                switch event {
                case .turnEnded:
                    call.flush()
                    speaking.addTask { _ = try await call.play(beep) }
                case .idle(let times) where times < 3:
                    speaking.addTask { _ = try await call.play(question) }
                case .idle: return
                default: continue
                }
            }
            try await speaking.waitForAll()
        }
    }
}

/// Looks names up.
protocol Directory: Sendable {
    func find(_ name: String) async throws -> String
}

/// Looks a name up while the caller waits, and transfers to what it finds.
struct LookUp<Names: Directory>: ConversationHandler {
    let directory: Names
    let name: String

    func converse(on call: Call) async throws {
        let answer = try await call.working {
            try await directory.find(name)
        }
        try await call.transfer(to: .phone(answer))
    }
}
