// SPDX-License-Identifier: Apache-2.0
import Testing

/// The platform's question where to connect, on the public port.
@Suite struct ConfigAPITests {
    static let yaml = """
        listen: {port: 0, plain: true, public_url: "wss://bot.example.net"}
        admin: {port: 0}
        routes: [{authentication: {bearer: t0ken-t0ken}, bot: test}]
        """
    /// The exchange as the platform documents it.
    static let question =
        #"{ "From": "9810000001", "To": "18000000002", "Direction": "inbound", "FlowId": "support", "SessionId": "1790000000.41", "ServerId": "delhi" }"#
    static let answer =
        #"{"url":"wss://bot.example.net/v1/ivr-solutions","wsHeaders":{"Authorization":"Bearer t0ken-t0ken"},"audioFormat":{"encoding":"pcm","sampleRate":8000}}"#

    static func request(
        _ method: String = "POST",
        token: String? = "t0ken-t0ken",
        body: String = question
    ) -> String {
        RawClient.request(
            "\(method) /v1/ivr-solutions/config HTTP/1.1",
            ["Host: a", "Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
                + (token.map { ["Authorization: Bearer \($0)"] } ?? []),
            body: body
        )
    }

    @Test func `It is answered with our URL and the headers to send`() async throws {
        try await RunningServer.run(TestBot.silent(), Self.yaml) { serving in
            let answer = try #require(try await RawClient.ask(serving.port, Self.request()))
            #expect(answer.status == 200 && answer.body == Self.answer)
            #expect(answer["Content-Type"] == "application/json")
            #expect(serving.observed.log.value.refused.isEmpty)
        }
    }

    @Test(arguments: [
        (request(token: nil), 401), (request(token: "wrong"), 403), (request("GET"), 405),
        (request(body: "[]"), 400), (request(body: "not json"), 400),
        (request(body: String(repeating: " ", count: 65_537)), 413),
        (request(body: String(repeating: " ", count: 400_000)), 431),
    ])
    func `Whoever may not know learns nothing`(request: String, status: Int) async throws {
        try await RunningServer.run(TestBot.silent(), Self.yaml) { serving in
            let client = try await RawClient.connect(serving.port)
            client.sendAnyway(Array(request.utf8))
            let answer = try #require(try await client.answer())
            #expect(answer.status == status)
            #expect(!answer.body.contains("t0ken") && !answer.body.contains("bot.example.net"))
            try await client.untilClosed()
        }
    }
}
