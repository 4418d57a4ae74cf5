// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `dial` and `sms` against twins of the platforms on loopback, which take one request and no other.
@Suite struct PlatformRoundTripTests {
    /// A request that a twin demands, and its answer.
    struct Twin: Sendable {
        var path: String
        /// All fields but those that HTTP itself has.
        var fields: [String: String]
        var body: String
        var answer: String

        func reply(to request: LoopbackHTTPServer.Request) -> LoopbackHTTPServer.Reply {
            let http: Set<String> = [
                "host", "content-length", "connection", "accept-encoding", "accept-language", "user-agent",
            ]
            let given = request.fields.filter { !http.contains($0.name.lowercased()) }
            let isRight =
                request.method == "POST" && request.path == path && given.count == fields.count
                && fields.allSatisfy { request[$0.key] == $0.value }
                && Self.json(request.body) == Self.json(Array(body.utf8))
            return isRight ? .text(answer, type: "application/json") : .text(#"{"message": "not so"}"#, status: 400)
        }

        private static func json(_ bytes: [UInt8]) -> NSDictionary? {
            try? JSONSerialization.jsonObject(with: Data(bytes)) as? NSDictionary
        }
    }

    static let json = ["Accept": "application/json", "Content-Type": "application/json"]

    static let twins: [(twin: Twin, arguments: String, output: String)] = [
        (
            Twin(
                path: "/api/dial_by_aivoicebot",
                fields: json.merging(["Authorization": "Bearer k3y"]) { $1 },
                body:
                    #"{"customer_no": "09876543210", "wss_url": "wss://b", "wss_header": "Authorization: Bearer xyz"}"#,
                answer: #"{"status": 200, "message": "Call initiated successfully", "call_id": "call_ai_1"}"#
            ),
            """
            dial ivr-solutions bot --to 09876543210 --url wss://b --header Authorization --header-environment H \
            --token-environment TOKEN --base BASE
            """,
            "ivr-solutions: Call initiated successfully (call_id call_ai_1)\n"
        ),
        (
            Twin(
                path: "/v1/click_to_call",
                fields: json.merging(["Authorization": "k3y"]) { $1 },
                body: #"{"agent_number": "0505", "destination_number": "9810000001"}"#,
                answer: #"{"success": true, "message": "Originate successfully queued"}"#
            ),
            "dial digo click-to-call --agent 0505 --to 9810000001 --token-environment TOKEN --endpoint BASE --json",
            #"{"message":"Originate successfully queued","platform":"digo","success":"true"}"# + "\n"
        ),
        (
            Twin(
                path: "/v1/messaging/sms",
                fields: json.merging(["Authorization": "Bearer k3y", "X-Authorization": "Bearer xyz"]) { $1 },
                body: #"""
                    {"from": "S", "to": "+919810000001", "msg": "Hello", "tiny": "0", "type": "transactional",
                     "transactionID": "t1"}
                    """#,
                answer: #"{"id": "10f3c521"}"#
            ),
            """
            sms push --from S --to +919810000001 --text Hello --transaction t1 --token-environment TOKEN \
            --service-token-environment H --base BASE
            """,
            "digo-engage: done (id 10f3c521, transaction t1)\n"
        ),
    ]

    private static func run(_ index: Int, token: String) async throws -> CommandRun {
        let (twin, arguments, _) = twins[index]
        let server = try await LoopbackHTTPServer { twin.reply(to: $0) }
        let words = DryRunTests.words(arguments).map { $0 == "BASE" ? server.url : $0 }
        let run = try CommandRun(words, environment: ["TOKEN": token, "H": "Bearer xyz"])
        try await server.stop()
        return run
    }

    @Test(arguments: twins.indices) func `A request arrives as the platform wants it`(index: Int) async throws {
        let run = try await Self.run(index, token: "k3y")
        #expect(run.output == Self.twins[index].output)
        #expect(run.errors == "" && run.status == 0)
    }

    @Test(arguments: twins.indices) func `A wrong one is refused, which is one line and status 1`(index: Int)
        async throws
    {
        let run = try await Self.run(index, token: "another")
        #expect(run.output == "" && run.status == 1)
        #expect(run.errors.hasSuffix("refused: 400: not so\n"), "\(run.errors)")
        #expect(!run.errors.contains("another") && !run.errors.contains("xyz"))
    }
}
