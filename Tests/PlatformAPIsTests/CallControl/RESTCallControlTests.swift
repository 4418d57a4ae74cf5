// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import Testing
import VoiceBridgeTesting

@Suite("Call control over HTTP") struct RESTCallControlTests {
    /// What one action came to with these steps of the platform.
    struct Run: Sendable {
        var error: CallControlError?
        var client: ScriptedHTTPClient
        var reports: Reports

        var isClean: Bool { client.unexpected.isEmpty && client.outstanding == 0 }
        var last: CallControlReport? { reports.all.last }
    }

    private func run(_ golden: CallControlGolden, _ steps: [ScriptedHTTPClient.Step]) async throws -> Run {
        func act(_ requests: some CallControlRequests) async throws -> Run {
            let client = ScriptedHTTPClient(steps)
            let reports = Reports()
            let exchange = PlatformExchange(client: client, sleep: { reports.wait($0) })
            let control = RESTCallControl(requests, exchange: exchange, report: { reports.add($0) })
            do {
                switch golden.action {
                case .hangUp: try await control.hangUp(golden.start)
                case .transfer(let target): try await control.transfer(golden.start, to: target)
                }
                return Run(error: nil, client: client, reports: reports)
            } catch let error as CallControlError {
                return Run(error: error, client: client, reports: reports)
            }
        }
        return try await act(golden.requests)
    }

    @Test("Sends what the platform's document shows, with a deadline", arguments: CallControlGoldens.all)
    func golden(_ golden: CallControlGolden) async throws {
        let run = try await run(golden, [golden.expected.answered(golden.success.status, golden.success.body)])
        #expect(run.isClean, "\(run.client.unexpected)")
        #expect(run.error == nil)
        #expect(run.last?.outcome == .done && run.last?.attempts == 1)
        #expect(run.last?.call == golden.start.callID && run.last?.action == golden.action.word)
        #expect(run.client.requests.map(\.deadline) == [.seconds(2)])
    }

    @Test("A call that is over counts as ended, and cannot be transferred", arguments: CallControlGoldens.all)
    func over(_ golden: CallControlGolden) async throws {
        let run = try await run(golden, [golden.expected.answered(golden.over.status, golden.over.body)])
        #expect(run.isClean)
        #expect(run.error?.shortDescription == (golden.action == .hangUp ? nil : "call_is_over"))
        #expect(run.last?.outcome == .alreadyOver)
    }

    @Test("Asks once more when the platform was busy", arguments: CallControlGoldens.all, [429, 503])
    func busy(_ golden: CallControlGolden, status: Int) async throws {
        let steps = [
            golden.expected.answered(status), golden.expected.answered(golden.success.status, golden.success.body),
        ]
        let run = try await run(golden, steps)
        #expect(run.isClean && run.error == nil)
        #expect(run.last?.attempts == 2)
        #expect(run.reports.pauses == [.milliseconds(250)])
        let again = try await self.run(golden, [golden.expected.answered(status), golden.expected.answered(status)])
        #expect(again.isClean)
        #expect(again.error?.shortDescription == "busy")
    }

    @Test("Asks once more after silence only where that does no harm", arguments: CallControlGoldens.all)
    func silence(_ golden: CallControlGolden) async throws {
        let silence = golden.expected.failing(.deadline(.seconds(2)))
        let success = golden.expected.answered(golden.success.status, golden.success.body)
        let run = try await run(golden, golden.isRepeatable ? [silence, success] : [silence])
        #expect(run.isClean)
        #expect(run.error?.shortDescription == (golden.isRepeatable ? nil : "unclear"))
        #expect(run.last?.attempts == (golden.isRepeatable ? 2 : 1))
        #expect(run.reports.pauses.count == (golden.isRepeatable ? 1 : 0))
    }

    @Test("A hang-up whose first answer was lost finds the call over", arguments: CallControlGoldens.hangUps)
    func lostAnswer(_ golden: CallControlGolden) async throws {
        let lost = golden.expected.failing(.connection(code: -1005, text: "lost"))
        let run = try await run(golden, [lost, golden.expected.answered(golden.over.status, golden.over.body)])
        #expect(run.isClean && run.error == nil)
        #expect(run.last?.outcome == .alreadyOver && run.last?.attempts == 2)
    }

    @Test("A refusal is not asked again, and carries the platform's words", arguments: CallControlGoldens.all)
    func refused(_ golden: CallControlGolden) async throws {
        let run = try await run(golden, [golden.expected.answered(401, #"{"message": "Authenticate", "code": 20003}"#)])
        #expect(run.isClean)
        #expect(run.error?.shortDescription == "refused")
        #expect(run.error?.description.contains("401") == true)
        #expect(run.last?.attempts == 1)
    }

    @Test("Digo's success is said in the body")
    func digoRefusal() async throws {
        let golden = try #require(CallControlGoldens.hangUps.first { $0.name == "Digo, hang up" })
        let run = try await run(golden, [golden.expected.answered(200, #"{"success": false, "message": "no"}"#)])
        #expect(run.error?.description == "digo refused: 200: no")
    }
}
