// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Testing

/// Exotel has no interface for a live call: its flow goes on when the socket closes, and asks us where to.
@Suite struct ExotelControlTests {
    private func ask(_ serving: RunningServer, _ path: String) async throws -> HTTPAnswer {
        try #require(try await RawClient.ask(serving.port, ReceiverTests.request("GET \(path)")))
    }

    @Test func `The flow learns where a transferred call goes, and of no other`() async throws {
        try await ControlledCall.run(.phone("09810000003"), dialect: "exotel", control: "country: IN", []) {
            serving,
            _,
            told in
            #expect(try await ask(serving, "/passthru?CallSid=ca-01").status == 302)
            let client = try await serving.call(following: try ControlledCall.start("exotel"))
            #expect(try await client.closeCode() == 1000)
            let summary = try await serving.observed.ended()[0].summary
            #expect(summary.reason.code == "transfer" && summary.outOfBand.map(\.failure) == [nil])
            #expect(told.value == ["done"])
            #expect(try await ask(serving, "/passthru?CallSid=ca-01&From=09800000001").status == 200)
            #expect(try await ask(serving, "/passthru?CallSid=ca-02").status == 302)
            #expect(try await ask(serving, "/passthru").status == 400)
            let connect = try await ask(serving, "/connect?CallSid=ca-01")
            #expect(connect.status == 200 && connect["Content-Type"] == "application/json")
            #expect(connect.body == #"{"destination":{"numbers":["+919810000003"]},"fetch_after_attempt":false}"#)
        }
    }

    @Test func `A hang-up leaves no target behind`() async throws {
        try await ControlledCall.run(nil, dialect: "exotel", control: "country: IN", []) { serving, _, _ in
            let client = try await serving.call(following: try ControlledCall.start("exotel"))
            #expect(try await client.closeCode() == 1000)
            let summary = try await serving.observed.ended()[0].summary
            #expect(summary.outOfBand.map(\.action) == ["hang_up"] && !summary.leavesCaller)
            #expect(try await ask(serving, "/passthru?CallSid=ca-01").status == 302)
        }
    }

    @Test func `A number that is none is refused, and nothing is kept`() async throws {
        try await ControlledCall.run(.phone("sales"), dialect: "exotel", control: "country: IN", []) {
            serving,
            _,
            told in
            _ = try await serving.call(following: try ControlledCall.start("exotel"))
            _ = try await serving.observed.ended()
            #expect(told.value == ["invalid: the target is no telephone number that exotel can be given"])
            #expect(try await ask(serving, "/passthru?CallSid=ca-01").status == 302)
        }
    }
}
