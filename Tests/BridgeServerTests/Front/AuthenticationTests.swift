// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import Testing

/// Who may connect: every demand of a route by every way of not meeting it.
@Suite struct AuthenticationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var demands: String
        var target = "/v1/ivr-solutions"
        var fields: [String] = []
        var status: Int

        init(_ demands: String, _ fields: [String], _ status: Int, target: String = "/v1/ivr-solutions") {
            self.demands = demands
            self.fields = fields
            self.status = status
            self.target = target
        }

        var testDescription: String { "\(demands) · \(target) · \(fields) · \(status)" }
    }

    static let bearer = "bearer: s3cret-t0ken"
    static let header = "headers: {X-Key: k3y-k3y-k3y}"
    static let both = "bearer: s3cret-t0ken, headers: {X-Key: k3y-k3y-k3y}"
    static let query = "query_token: qu3ry-t0ken"

    static let cases = [
        Case("none: true", [], 101),
        Case("none: true", ["Authorization: Bearer anything"], 101),
        Case(bearer, [], 401),
        Case(bearer, ["Authorization: Bearer wrong-t0ken!"], 403),
        Case(bearer, ["Authorization: Bearer s3cret-t0ken"], 101),
        Case(bearer, ["aUTHORIZATION: Bearer s3cret-t0ken"], 101),
        Case(bearer, ["Authorization: bearer s3cret-t0ken"], 101),
        Case(bearer, ["Authorization: Bearer s3cret-t0ke"], 403),
        Case(bearer, ["Authorization: Bearer s3cret-t0kenx"], 403),
        Case(bearer, ["Authorization: Bearer S3CRET-T0KEN"], 403),
        Case(bearer, ["Authorization: Basic s3cret-t0ken"], 403),
        Case(bearer, ["Authorization: s3cret-t0ken"], 403),
        Case(bearer, ["Authorization: Bearer"], 403),
        Case(bearer, ["Authorization:"], 403),
        Case(bearer, ["Authorization: Bearer s3cret-t0ken", "Authorization: Bearer s3cret-t0ken"], 403),
        Case(bearer, ["Authorization: Bearer s3cret-t0ken, Bearer s3cret-t0ken"], 403),
        Case(bearer, ["X-Key: s3cret-t0ken"], 401),
        Case(bearer, [], 401, target: "/v1/ivr-solutions?token=s3cret-t0ken"),
        Case(header, [], 401),
        Case(header, ["X-Key: wrong"], 403),
        Case(header, ["X-Key:"], 403),
        Case(header, ["x-kEY:   k3y-k3y-k3y   "], 101),
        Case(header, ["X-Key: k3y-k3y-k3y", "X-Key: k3y-k3y-k3y"], 403),
        Case(header, ["Authorization: Bearer k3y-k3y-k3y"], 401),
        Case(both, ["Authorization: Bearer s3cret-t0ken"], 401),
        Case(both, ["X-Key: k3y-k3y-k3y"], 401),
        Case(both, ["Authorization: Bearer wrong"], 401),
        Case(both, ["Authorization: Bearer s3cret-t0ken", "X-Key: wrong"], 403),
        Case(both, ["Authorization: Bearer s3cret-t0ken", "X-Key: k3y-k3y-k3y"], 101),
        Case(query, [], 401),
        Case(query, [], 401, target: "/v1/ivr-solutions?"),
        Case(query, [], 401, target: "/v1/ivr-solutions?tokens=qu3ry-t0ken"),
        Case(query, [], 403, target: "/v1/ivr-solutions?token="),
        Case(query, [], 403, target: "/v1/ivr-solutions?token=wrong"),
        Case(query, [], 403, target: "/v1/ivr-solutions?token=qu3ry-t0ken&token=wrong"),
        Case(query, [], 101, target: "/v1/ivr-solutions?token=qu3ry-t0ken"),
        Case(query, [], 101, target: "/v1/ivr-solutions?a=b&token=qu3ry%2Dt0ken"),
        Case(query, ["Authorization: Bearer qu3ry-t0ken"], 401),
    ]

    @Test(arguments: cases)
    func `A request is judged by its credentials before anything else`(wanted: Case) async throws {
        let bot = TestBot.silent()
        let yaml = """
            listen: {port: 0, plain: true}
            admin: {port: 0}
            routes: [{authentication: {\(wanted.demands)}, bot: test}]
            """
        try await RunningServer.run(bot, yaml) { serving in
            let request = RawClient.request("GET \(wanted.target) HTTP/1.1", adding: wanted.fields)
            let client = try await RawClient.connect(serving.port)
            // A refused request is followed by a start all the same: it must reach nobody.
            try await client.send(Array(request.utf8) + Wire.start() + Wire.stop)
            let answer = try #require(try await client.answer())
            #expect(answer.status == wanted.status)
            if wanted.status == 101 {
                _ = try await serving.observed.ended()
                _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            } else {
                #expect(answer["Connection"] == "close")
                #expect((answer["WWW-Authenticate"] == "Bearer") == (wanted.status == 401))
                #expect(!answer.body.contains("t0ken") && !answer.body.contains("k3y"))
                try await client.untilClosed()
                let reason = wanted.status == 401 ? "unauthenticated" : "wrong_credentials"
                #expect(try await serving.observed.refusal() == [reason])
                #expect(bot.runs.value.begun == 0)
                #expect(serving.observed.log.value.started.isEmpty && serving.observed.log.value.ended.isEmpty)
                #expect(serving.server.callCount == 0)
            }
        }
    }
}
