// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import OutboundHTTP
import PlatformAPIs
import Testing
import VoiceBridgeTesting

@Suite("IVR Solutions' client") struct IVRSolutionsClientTests {
    static let base = "https://api.ivrsolutions.in/api/"
    static let fields = ["Authorization": "Bearer k3y"]

    private func client(_ twin: ScriptedHTTPClient) -> IVRSolutionsClient {
        IVRSolutionsClient(
            IVRSolutionsRequests(token: Secret("k3y")),
            exchange: PlatformExchange(client: twin, sleep: { _ in })
        )
    }

    /// The platform's own example, field by field.
    static var everyField: IVRSolutionsBotCall {
        var call = IVRSolutionsBotCall(to: "09876543210", webSocketURL: "wss://example.com/stream")
        call.voiceChatID = "4821"
        call.agentExtension = "2101"
        call.connectsAfterAnswer = true
        call.schedule = .init("2025-12-31 13:00:00", timeZone: "Asia/Kolkata")
        call.sipURI = "sip:bot@example.com"
        call.language = "en-IN"
        call.systemMessage = "You are a helpful assistant."
        call.openingLine = "Hi, this is an automated call."
        call.webSocketHeader = .init("Authorization", Secret("Bearer xyz"))
        return call
    }

    static let everyFieldJSON = #"""
        {"Voicechat_id": "4821", "ai_agent_ext": "2101", "connect_ws_after_answer": "1", "customer_no": "09876543210",
         "schedule_datetime": "2025-12-31 13:00:00", "sip_url": "sip:bot@example.com", "sttlanguage_code": "en-IN",
         "system_msg": "You are a helpful assistant.", "text": "Hi, this is an automated call.",
         "timezone": "Asia/Kolkata", "wss_header": "Authorization: Bearer xyz", "wss_url": "wss://example.com/stream"}
        """#

    static let calls: [(IVRSolutionsBotCall, String)] = [
        (everyField, everyFieldJSON),
        (
            IVRSolutionsBotCall(to: "+91 98765-43210", webSocketURL: "wss://b.example"),
            #"{"customer_no": "+919876543210", "wss_url": "wss://b.example"}"#
        ),
    ]

    @Test("Places a bot call as the document shows", arguments: calls)
    func dial(call: IVRSolutionsBotCall, json: String) async throws {
        let expected = ExpectedRequest(.post, Self.base + "dial_by_aivoicebot", Self.fields, .json(json))
        let answer = #"{"status": 200, "message": "Call initiated successfully", "call_id": "call_ai_1"}"#
        let twin = ScriptedHTTPClient([expected.answered(200, answer)])
        let receipt = try await client(twin).dial(call)
        #expect(receipt.callID == "call_ai_1" && receipt.logID == nil)
        #expect(receipt.message == "Call initiated successfully")
        #expect(twin.unexpected.isEmpty && twin.outstanding == 0)
    }

    static let faults: [(String, @Sendable (inout IVRSolutionsBotCall) -> Void)] = [
        ("customer_no", { $0.customer = "98765 43210" }), ("customer_no", { $0.customer = "0x" }),
        ("wss_url", { $0.webSocketURL = "http://b" }),
        (
            "wss_url",
            { call in
                call.webSocketURL = nil
                call.voiceChatID = nil
            }
        ),
        ("sip_url", { $0.sipURI = "bot@example.com" }),
        ("wss_header", { $0.webSocketHeader = .init("A", Secret("b\r\nC: d")) }),
        ("wss_header", { $0.webSocketHeader = .init("A:", Secret("b")) }),
        ("schedule_datetime", { $0.schedule = .init("2025-12-31T13:00:00") }),
        ("schedule_datetime", { $0.schedule = .init("2025-13-31 13:00:00") }),
        ("schedule_datetime", { $0.schedule = .init("2025-12-31 24:00:00") }),
        ("schedule_datetime", { $0.schedule = .init("2025-12-31 13:00") }),
    ]

    @Test("Refuses what the platform would misread", arguments: faults.indices)
    func refused(index: Int) async {
        let (field, plant) = Self.faults[index]
        var call = Self.everyField
        plant(&call)
        let twin = ScriptedHTTPClient([])
        let error = await #expect(throws: PlatformRequestError.self) { try await client(twin).dial(call) }
        #expect(error?.field == field)
        #expect(twin.unexpected.isEmpty)
    }

    @Test("Connects people, masked or not, and takes a masked connection back")
    func connect() async throws {
        let connecting = #"{"status": 200, "message": "Call connecting. Please wait...", "logid": 123456}"#
        let twin = ScriptedHTTPClient([
            ExpectedRequest(
                .post,
                Self.base + "c2c_post",
                Self.fields,
                .json(#"{"did": "+911143104567", "ext_no": "2101", "phone": "09876543210"}"#)
            ).answered(200, connecting),
            ExpectedRequest(
                .post,
                Self.base + "click_connect",
                Self.fields,
                .json(#"{"first_phone": "+919876543210", "second_phone": "+919123456789", "did": "+911143104567"}"#)
            ).answered(200, connecting),
            ExpectedRequest(
                .post,
                Self.base + "click_connect_update",
                Self.fields,
                .json(#"{"action": "cancel", "did": "+911143104567", "first_number": "+919876543210"}"#)
            ).answered(200, #"{"status": true}"#),
        ])
        let client = client(twin)
        let call = try await client.clickToCall(agent: "2101", customer: "09876543210", did: "+911143104567")
        #expect(call.logID == "123456")
        _ = try await client.connectMasked(
            IVRSolutionsConnection(first: "+919876543210", second: "+919123456789", did: "+911143104567")
        )
        _ = try await client.updateMasked(IVRSolutionsConnectionUpdate(did: "+911143104567", first: "+919876543210"))
        #expect(twin.unexpected.isEmpty && twin.outstanding == 0)
    }

    @Test("Reads the log")
    func logs() async throws {
        let expected = ExpectedRequest(
            .get,
            Self.base + "call_logs?from_date=2024-12-01&to_date=2024-12-31",
            Self.fields
        )
        let answer = #"""
            {"status": 200, "data": [{"recordid": 12345, "did_no": "+911143104567", "client_no": "9876543210",
             "ext_no": "2101", "call_time": "2024-12-15 10:30:45", "call_duration": 185, "call_status": "answered",
             "call_type": "inbound", "recording_url": "https://r.example/1.mp3", "dtmf_input": "1"}, {"did_no": "x"}]}
            """#
        let twin = ScriptedHTTPClient([expected.answered(200, answer)])
        let logs = try await client(twin).callLogs(from: "2024-12-01", to: "2024-12-31")
        #expect(logs.count == 1)
        let log = try #require(logs.first)
        #expect(log.record == "12345" && log.did == "+911143104567" && log.client == "9876543210")
        #expect(log.extension == "2101" && log.time == "2024-12-15 10:30:45" && log.duration == .seconds(185))
        #expect(log.status == "answered" && log.type == "inbound" && log.digits == "1")
        #expect(log.recordingURL == "https://r.example/1.mp3")
    }

    static let answers: [(Int, String, PlatformOutcome)] = [
        (200, #"{"status": 200}"#, .done), (200, #"{"status": true}"#, .done),
        (
            200, #"{"status": 401, "message": "Bad token"}"#,
            .refused(PlatformRefusal(status: 200, code: "401", message: "Bad token"))
        ),
        (200, #"{"status": false}"#, .refused(PlatformRefusal(status: 200, code: "false"))),
        (200, "<html>", .refused(PlatformRefusal(status: 200))), (401, "", .refused(PlatformRefusal(status: 401))),
        (429, "", .busy(status: 429)), (500, "", .unclear(.status(500))),
    ]

    @Test("Tells success from failure, whichever way it is said", arguments: answers)
    func outcome(status: Int, body: String, outcome: PlatformOutcome) {
        let answer = PlatformAnswer(status: status, body: Array(body.utf8))
        #expect(IVRSolutionsRequests(token: Secret("k3y")).outcome(of: answer) == outcome)
    }

    @Test("A call is not placed twice when the answer is lost")
    func lost() async {
        let expected = ExpectedRequest(
            .post,
            Self.base + "dial_by_aivoicebot",
            Self.fields,
            .json(Self.everyFieldJSON)
        )
        let twin = ScriptedHTTPClient([expected.failing(.deadline(.seconds(2)))])
        let error = await #expect(throws: PlatformCallError.self) { try await client(twin).dial(Self.everyField) }
        #expect(error?.attempts == 1 && error?.outcome == .unclear(.exchange("deadline")))
        #expect(twin.unexpected.isEmpty && twin.outstanding == 0)
    }
}
