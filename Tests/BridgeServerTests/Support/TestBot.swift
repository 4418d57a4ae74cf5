// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import Synchronization
import VoiceBridge

/// A bot of a closure, which counts how often it ran and returned.
final class TestBot: ConversationHandler {
    let audioFormat: AudioFormat
    let runs = Watched((begun: 0, ended: 0))
    private let body: @Sendable (Call) async throws -> Void

    init(_ audioFormat: AudioFormat = .linear8kHz, _ body: @escaping @Sendable (Call) async throws -> Void) {
        self.audioFormat = audioFormat
        self.body = body
    }

    /// Does nothing until the call is over.
    static func silent() -> TestBot { TestBot { try await $0.waitUntilEnded() } }

    func converse(on call: Call) async throws {
        runs.update { $0.begun += 1 }
        defer { runs.update { $0.ended += 1 } }
        try await body(call)
    }
}
