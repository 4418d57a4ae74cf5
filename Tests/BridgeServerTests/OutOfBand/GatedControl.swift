// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel

/// Call control whose answer to a transfer comes when a test says so.
final class GatedControl: CallControl {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    let transfers: Set<TransferTarget.Kind> = [.phone]
    private let asked = Watched(0)
    private let answered = Watched<[String?]>([])

    /// A server on which a bot transfers to a phone at once.
    static func run(
        _ control: GatedControl,
        _ body: (RunningServer, Watched<[String]>) async throws -> Void
    ) async throws {
        let told = Watched<[String]>([])
        var controls = CallControlCatalogue()
        controls.register(PartSchema(name: "twilio", summary: "Waits for a test.")) { _ in control }
        let yaml = """
            listen: {port: 0, plain: true}
            admin: {port: 0}
            routes:
              - authentication: {none: true}
                dialect: twilio
                path: /v1/ivr-solutions
                bot: test
                call_control:
            """
        try await RunningServer.run(ControlledCall.bot(.phone("+15551"), told), yaml, callControls: controls) {
            try await body($0, told)
        }
    }

    /// Waits until a transfer is asked for.
    func untilAsked() async throws { _ = try await asked.wait("question") { $0 > 0 ? true : nil } }

    /// Answers it.
    func answer(_ failure: String?) { answered.update { $0.append(failure) } }

    func hangUp(_ call: CallStart) async throws {}

    func transfer(_ call: CallStart, to target: TransferTarget) async throws {
        asked.update { $0 += 1 }
        let failure = try await answered.wait("answer") { $0.isEmpty ? nil : .some($0.removeFirst()) }
        if let failure { throw Failure(description: failure) }
    }
}
