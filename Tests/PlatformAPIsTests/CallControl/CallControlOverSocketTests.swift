// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import TestSupport
import Testing

@Suite("Call control over a socket") struct CallControlOverSocketTests {
    private func control(_ base: String, _ deadline: Duration, _ reports: Reports) -> RESTCallControl<TwilioRequests> {
        RESTCallControl(
            TwilioRequests(account: "Aladdin", token: Secret("open sesame"), base: base),
            exchange: PlatformExchange(
                client: URLSessionClient(),
                deadline: deadline,
                sleep: { reports.wait($0) }
            ),
            report: { reports.add($0) }
        )
    }

    private let call = CallStart(callID: CallID("CA01"), streamID: "MZ01", platform: "twilio")

    @Test("A request arrives as the platform wants it")
    func arrives() async throws {
        let server = try await LoopbackHTTPServer { request in
            let isRight =
                request.method == "POST" && request.path == "/Accounts/Aladdin/Calls/CA01.json"
                && request["Authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
                && request["Content-Type"] == "application/x-www-form-urlencoded"
                && String(decoding: request.body, as: UTF8.self) == "Status=completed"
            return .init(isRight ? 200 : 400, [("Content-Type", "application/json")])
        }
        let reports = Reports()
        try await control(server.url, .seconds(10), reports).hangUp(call)
        #expect(reports.all.map(\.outcome) == [.done])
        try await server.stop()
    }

    @Test("A platform that never answers is asked twice and no more")
    func silent() async throws {
        let server = try await LoopbackHTTPServer { _ in .silence }
        let reports = Reports()
        let error = await #expect(throws: CallControlError.self) {
            try await control(server.url, .milliseconds(50), reports).hangUp(call)
        }
        #expect(error?.shortDescription == "unclear")
        #expect(reports.all.map(\.attempts) == [2])
        try await server.stop()
    }
}
