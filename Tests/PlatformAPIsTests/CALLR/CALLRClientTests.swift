// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import OutboundHTTP
import PlatformAPIs
import Testing
import VoiceBridgeTesting

@Suite("CALLR's account side") struct CALLRClientTests {
    static let url = "https://api.callr.com/json-rpc/v1.1/"

    /// Something asked for, the request that the platform wants for it, and its answer.
    struct Golden: Sendable, CustomTestStringConvertible {
        var method: String
        var parameters: String
        var result: String
        /// Asks, and gives what came of it as text.
        var ask: @Sendable (CALLRClient) async throws -> String
        var gives: String

        var testDescription: String { method }

        var expected: ExpectedRequest {
            ExpectedRequest(
                .post,
                CALLRClientTests.url,
                ["Authorization": "Api-Key k3y"],
                .json(#"{"jsonrpc": "2.0", "method": "\#(method)", "params": \#(parameters), "id": 7}"#)
            )
        }
    }

    static let options: CALLRCallOptions = {
        var options = CALLRCallOptions()
        (options.callerID, options.recordField) = ("+33123456789", "userData")
        return options
    }()

    static let recordJSON = #"""
        {"answer": "2024-04-24 00:42:44", "callid": 18446744073709551615, "cli_number": "+33612345678",
         "customer_field": "42", "did_intl_number": "+16469820800", "duration": 9, "duration_answered": 7,
         "hangup": "2024-04-24 00:42:51", "hangupcause": 16, "hangupsource": "CALLEE", "scenario_hash": "A1",
         "start": "2024-04-24 00:42:42"}
        """#

    static let goldens = [
        Golden(
            method: "apps.create",
            parameters: #"""
                ["REALTIME10", "Orders", {"url": "https://bot.example.net/v1/callr", "data_format": "JSON",
                 "login": "callr", "password": "s3cret"}]
                """#,
            result: #"{"hash": "A1", "name": "Orders", "did": []}"#,
            ask: {
                try await $0.createApplication(
                    "Orders",
                    url: "https://bot.example.net/v1/callr",
                    login: ("callr", Secret("s3cret"))
                )
            },
            gives: "A1"
        ),
        Golden(
            method: "apps.get_list",
            parameters: "[true]",
            result: #"""
                [{"hash": "A1", "name": "Orders", "package": {"name": "REALTIME10", "has_did": true},
                  "did": [{"hash": "D1", "intl_number": "+16469820800"}]}, {"name": "of tomorrow"}]
                """#,
            ask: {
                try await $0.applications().map {
                    "\($0.id) \($0.name ?? "") \($0.kind ?? "") \($0.numbers.joined())"
                }.joined()
            },
            gives: "A1 Orders REALTIME10 +16469820800"
        ),
        Golden(
            method: "apps.assign_did",
            parameters: #"["A1", "D1"]"#,
            result: "true",
            ask: {
                try await $0.assign(number: "D1", to: "A1")
                return ""
            },
            gives: ""
        ),
        Golden(
            method: "calls.realtime",
            parameters: #"""
                ["A1", {"number": "+33132456789", "timeout": 30}, {"cli": "+33123456789", "cdr_field": "userData"}]
                """#,
            result: #""R1""#,
            ask: { try await $0.place(.init("+33132456789"), application: "A1", options: options) },
            gives: "R1"
        ),
        Golden(
            method: "clicktocall/calls.start_2",
            parameters: #"""
                ["A1", [{"number": "+33100000001", "timeout": 5}], [{"number": "+33100000002", "timeout": 300}],
                 {"cli": "BLOCKED", "cdr_field": ""}]
                """#,
            result: #""C1""#,
            ask: {
                try await $0.connect(
                    [.init("+33100000001", timeout: 5)],
                    to: [.init("+33100000002", timeout: 300)],
                    application: "A1"
                )
            },
            gives: "C1"
        ),
        Golden(
            method: "clicktocall/calls.cancel",
            parameters: #"["C1"]"#,
            result: "true",
            ask: {
                try await $0.cancel(connection: "C1")
                return ""
            },
            gives: ""
        ),
        Golden(
            method: "cdr.get",
            parameters: #"["OUT", "2024-04-24 00:00:00", "2024-04-24 23:59:59", null, null]"#,
            result: "[\(recordJSON)]",
            ask: {
                let day = CALLRRecordFilter(.outbound, from: "2024-04-24 00:00:00", to: "2024-04-24 23:59:59")
                return try await $0.records(day).map { "\($0.call) \($0.from ?? "") \($0.to ?? "")" }.joined()
            },
            gives: "18446744073709551615 +33612345678 +16469820800"
        ),
        Golden(
            method: "cdr.search",
            parameters: #"""
                [{"type": "IN", "from": "2024-04-24 00:00:00", "to": "2024-04-24 23:59:59", "app": "A1"},
                 {"offset": 10, "quantity": 2, "order": ""}]
                """#,
            result: #"{"has_more": true, "hits": [\#(recordJSON), {"of": "tomorrow"}], "offset": 10, "total": 13}"#,
            ask: {
                var day = CALLRRecordFilter(.inbound, from: "2024-04-24 00:00:00", to: "2024-04-24 23:59:59")
                day.application = "A1"
                let page = try await $0.records(day, page: CALLRPageRequest(offset: 10, quantity: 2))
                return "\(page.items.count) of \(page.total ?? 0), then \(page.next?.offset ?? -1)"
            },
            gives: "1 of 13, then 12"
        ),
        Golden(
            method: "media/recording.search",
            parameters: #"[{"callid": 18446744073709551615}, {"offset": 0, "quantity": 100, "order": ""}]"#,
            result: #"""
                {"items": [{"hash": "M1", "callid": 18446744073709551615, "status": "READY", "type": "CALL",
                  "duration": 9, "file_size_total": 9000, "url": "https://m.example/M1", "url_exts": ["mp3"]}],
                 "total_items": 1}
                """#,
            ask: {
                let page = try await $0.recordings(call: CallID("18446744073709551615"))
                return page.items.map { "\($0.id) \($0.status == .ready) \($0.url ?? "")" }.joined()
                    + " \(page.next == nil)"
            },
            gives: "M1 true https://m.example/M1.mp3 true"
        ),
        Golden(
            method: "sms.send",
            parameters: #"["Clinic", "+33123456789", "Hello, world!", null]"#,
            result: #""S1""#,
            ask: {
                let message = TextMessage(to: "+33123456789", text: "Hello, world!")
                return try await CALLRMessages($0, sender: "Clinic").send(message).id
            },
            gives: "S1"
        ),
        Golden(
            method: "webhooks.subscribe",
            parameters: #"""
                ["media.recording.new", "https://bot.example.net/v1/events",
                 {"format": "JSON", "hmac_algo": "SHA512", "hmac_secret": "12345678"}]
                """#,
            result: #"{"hash": "W1"}"#,
            ask: {
                try await $0.subscribe(
                    to: "media.recording.new",
                    at: "https://bot.example.net/v1/events",
                    key: Secret("12345678"),
                    algorithm: .sha512
                )
            },
            gives: "W1"
        ),
        Golden(
            method: "webhooks.unsubscribe",
            parameters: #"["W1"]"#,
            result: "true",
            ask: {
                try await $0.unsubscribe("W1")
                return ""
            },
            gives: ""
        ),
    ]

    private func client(_ twin: ScriptedHTTPClient, _ account: CALLRAccount = .key(Secret("k3y"))) -> CALLRClient {
        CALLRClient(
            CALLRAccountRequests(account),
            exchange: PlatformExchange(client: twin, sleep: { _ in }),
            makeID: { 7 }
        )
    }

    @Test("asks as the platform wants, and reads what comes", arguments: goldens)
    func golden(_ golden: Golden) async throws {
        let twin = ScriptedHTTPClient([
            golden.expected.answered(200, #"{"jsonrpc": "2.0", "id": 7, "result": \#(golden.result)}"#)
        ])
        #expect(try await golden.ask(client(twin)) == golden.gives)
        #expect(twin.unexpected.isEmpty && twin.outstanding == 0)
    }

    @Test("the twin refuses a request with another method, order, id or account", arguments: goldens)
    func planted(_ golden: Golden) async throws {
        let body = #"{"jsonrpc": "2.0", "method": "\#(golden.method)", "params": \#(golden.parameters), "id": 7}"#
        let bad = [
            body.replacing("\"\(golden.method)\"", with: "\"system.poll\""),
            body.replacing("\"id\": 7", with: "\"id\": 8"),
            body.replacing("\"2.0\"", with: "\"1.0\""), body.replacing("\"params\": [", with: "\"params\": [0, "),
        ]
        for text in bad {
            #expect(text != body)
            var expected = golden.expected
            expected.body = .json(text)
            let twin = ScriptedHTTPClient([expected.answered(200)])
            await #expect(throws: PlatformCallError.self) { _ = try await golden.ask(client(twin)) }
            #expect(twin.outstanding == 1)
        }
        let twin = ScriptedHTTPClient([golden.expected.answered(200)])
        let other = client(twin, .login("callr", password: Secret("s3cret")))
        await #expect(throws: PlatformCallError.self) { _ = try await golden.ask(other) }
    }

    @Test("a request that is shown shows no password and no key, however deep they lie")
    func shown() {
        let parameters = JSONValue.array([
            .string("REALTIME10"), .object(["login": .string("callr"), "password": .string("s3cret")]),
            .array([.object(["hmac_secret": .string("k3y"), "hmac_algo": .string("SHA256")])]),
        ])
        let plan = CALLRAccountRequests(.key(Secret("k3y"))).call("m", [parameters], id: 7, isRepeatable: false)
        #expect(!plan.preview.contains("s3cret") && !plan.preview.contains("k3y"))
        #expect(plan.preview.contains(#""login":"callr""#) && plan.preview.contains("SHA256"))
    }

    @Test("a name and a password are Basic authentication")
    func login() async throws {
        let golden = try #require(Self.goldens.first { $0.method == "apps.assign_did" })
        var expected = golden.expected
        expected.fields["Authorization"] = "Basic Y2FsbHI6czNjcmV0"
        let twin = ScriptedHTTPClient([expected.answered(200, #"{"jsonrpc": "2.0", "id": 7, "result": true}"#)])
        _ = try await golden.ask(client(twin, .login("callr", password: Secret("s3cret"))))
    }

    /// An answer, what it comes to for a request that may be repeated, and how often is asked.
    static let failures: [(status: Int, body: String, word: String, attempts: Int)] = [
        (
            200, #"{"jsonrpc": "2.0", "id": 7, "error": {"code": 22, "message": "Authentication failure"}}"#, "refused",
            1
        ),
        (400, #"{"jsonrpc": "2.0", "id": null, "error": {"code": -32600, "message": "Invalid"}}"#, "refused", 1),
        (200, #"{"jsonrpc": "2.0", "id": 7, "error": {"code": -32603, "message": "Internal"}}"#, "unclear", 2),
        (200, #"{"jsonrpc": "2.0", "id": 7, "error": {"code": -32050, "message": "Server"}}"#, "unclear", 2),
        (200, #"{"jsonrpc": "2.0", "id": 8, "result": true}"#, "unclear", 2),
        (200, #"{"jsonrpc": "1.0", "id": 7, "result": true}"#, "unclear", 2),
        (200, #"{"jsonrpc": "2.0", "id": 7}"#, "unclear", 2), (200, "", "unclear", 2), (200, "[]", "unclear", 2),
        (401, "", "refused", 1), (429, "", "busy", 2), (503, "", "busy", 2), (500, "", "unclear", 2),
    ]

    @Test("what is no result is an error, and is asked for again only where that is safe", arguments: failures)
    func failure(status: Int, body: String, word: String, attempts: Int) async throws {
        for method in ["apps.assign_did", "calls.realtime"] {
            let golden = try #require(Self.goldens.first { $0.method == method })
            // What the platform says it did not do may be asked for again, whatever it is.
            let isAgain = method == "apps.assign_did" || word == "busy"
            let count = isAgain ? attempts : 1
            let twin = ScriptedHTTPClient(Array(repeating: golden.expected.answered(status, body), count: count))
            let error = await #expect(throws: PlatformCallError.self) { _ = try await golden.ask(client(twin)) }
            #expect(error?.outcome.word == word && error?.attempts == count && error?.platform == "callr")
            #expect(twin.outstanding == 0 && twin.unexpected.isEmpty)
        }
    }

    /// What is asked for, and the error's text.
    static let faults: [(String, @Sendable (CALLRClient) async throws -> String)] = [
        ("number: begin with +", { try await $0.place(.init("0132456789"), application: "A1") }),
        (
            "timeout: give 5 to 300, not 4",
            { try await $0.connect([.init("+33132456789", timeout: 4)], to: [], application: "A1") }
        ),
        (
            "targets: give at least one number",
            { try await $0.connect([.init("+33132456789")], to: [], application: "A1") }
        ),
        (
            "hmac_secret: give 8 to 1024 characters",
            { try await $0.subscribe(to: "sms.mo", at: "https://h", key: Secret("1234567")) }
        ),
        ("to: begin with +", { try await CALLRMessages($0).send(TextMessage(to: "0123", text: "Hi")).id }),
        (
            "text: give 1 to 1000 characters",
            { try await CALLRMessages($0).send(TextMessage(to: "+33123456789", text: "")).id }
        ),
        ("endpoint: begin with https://", { try await $0.subscribe(to: "sms.mo", at: "h", key: nil) }),
        (
            "url: begin with https://",
            { try await $0.createApplication("Orders", url: "bot.example.net", login: nil) }
        ),
        (
            "cdr_field: give at most 32 letters and digits",
            {
                var options = CALLRCallOptions()
                options.recordField = "not-a-word"
                return try await $0.place(.init("+33132456789"), application: "A1", options: options)
            }
        ),
    ]

    @Test("what the platform would refuse is not sent", arguments: faults.indices)
    func refused(index: Int) async {
        let twin = ScriptedHTTPClient([])
        let (words, ask) = Self.faults[index]
        let error = await #expect(throws: PlatformRequestError.self) { _ = try await ask(client(twin)) }
        #expect(error?.description == words)
        #expect(twin.unexpected.isEmpty)
    }

    @Test("pages lead on until the last, and never in circles")
    func pages() async throws {
        let golden = try #require(Self.goldens.first { $0.method == "cdr.search" })
        let empty = #"{"jsonrpc": "2.0", "id": 7, "result": {"has_more": true, "hits": [], "offset": 10, "total": 13}}"#
        let twin = ScriptedHTTPClient([golden.expected.answered(200, empty)])
        #expect(try await golden.ask(client(twin)) == "0 of 13, then -1")
        #expect(CALLRPageRequest(offset: -1, quantity: 1_000) == CALLRPageRequest(offset: 0, quantity: 100))
    }
}
