// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import Synchronization
import Testing
import VoiceBridgeTesting

@Suite("Deliveries of messages through Digo") struct DigoDeliveryReportsTests {
    private let sent = DigoSentMessages()

    final class Log: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private func post(_ body: String, _ method: String = "POST") -> ReceivedHTTPRequest {
        ReceivedHTTPRequest(method: method, path: "/", body: Array(body.utf8))
    }

    @Test("Are joined to their messages, and told once each")
    func joined() async {
        sent.note("t1", to: "+919810000001")
        let log = Log()
        let receiver = DigoDeliveryReports(sent: sent) { report, message in
            log.add("\(report.transaction) \(report.state) \(message?.to ?? "unknown")")
        }
        for (body, status) in [
            (#"{"transactionID": "t1", "status": "ACCEPTD", "to": "919810000001"}"#, 200),
            (#"{"transactionID": "t1", "status": "DELIVRD", "to": "919810000001"}"#, 200),
            (#"{"transactionID": "t1", "status": "DELIVRD", "to": "919810000001"}"#, 200),
            ("transaction_id=t1&dlr_status=UNDELIV&error=12", 200),
            (#"[{"TransactionId": "t1", "clicked": true}, {"transactionID": "t2", "status": "failed"}]"#, 200),
            ("{}", 400), ("", 400), (#"{"status": "DELIVRD"}"#, 400), ("[]", 400), ("[1]", 400), ("\u{FF}\u{0}", 400),
        ] {
            #expect(await receiver.answer(post(body)).status == status, "\(body)")
        }
        #expect(await receiver.answer(post("transactionID=t1", "GET")).status == 405)
        #expect(
            log.all == [
                "t1 open +919810000001", "t1 delivered +919810000001", "t1 failed +919810000001",
                "t1 none +919810000001",
                "t2 failed unknown",
            ]
        )
        var counts = DigoDeliveryReports.Counts()
        (counts.joined, counts.unknown, counts.duplicates, counts.unreadable) = (4, 1, 1, 6)
        #expect(receiver.counts == counts)
    }

    @Test("Find no message that was sent too long ago")
    func bounded() {
        let sent = DigoSentMessages(capacity: 2)
        for transaction in ["a", "b", "b", "c"] { sent.note(transaction, to: nil) }
        #expect(sent.find("a") == nil && sent.find("b") != nil && sent.find("c") != nil)
    }

    private func messages(_ twin: ScriptedHTTPClient) -> DigoMessages {
        var settings = DigoMessages.Settings(from: "652322")
        settings.report = .init(url: "https://client.example")
        return DigoMessages(
            ClientGolden.messages,
            exchange: PlatformExchange(client: twin, sleep: { _ in }),
            settings: settings,
            sent: sent,
            makeTransaction: { "t9" }
        )
    }

    static let expected = ExpectedRequest(
        .post,
        "https://engage-api.digo.link/v1/messaging/sms",
        ClientGolden.messageFields,
        .json(
            #"""
            {"from": "652322", "to": "+919810000001", "msg": "Hello", "dlr": {"mask": 1, "url": "https://client.example"},
             "tiny": "0", "type": "transactional", "transactionID": "t9"}
            """#
        )
    )

    @Test("Begin with a message that a bot sends")
    func send() async throws {
        let twin = ScriptedHTTPClient([Self.expected.answered(200, #"{"id": "10f3c521-94ed"}"#)])
        let message = try await messages(twin).send(TextMessage(to: "+919810000001", text: "Hello"))
        #expect(message == SentMessage(id: "t9", platformID: "10f3c521-94ed"))
        #expect(sent.find("t9")?.to == "+919810000001")
        #expect(twin.unexpected.isEmpty && twin.outstanding == 0)
    }

    @Test("Are not to be had of a message that is refused, or has no sender")
    func refused() async {
        let fault = #"{"status": 0, "message": "Validation Error.", "data": [{"msg": "too long", "param": "from"}]}"#
        let twin = ScriptedHTTPClient([Self.expected.answered(200, fault)])
        let error = await #expect(throws: PlatformCallError.self) {
            try await messages(twin).send(TextMessage(to: "+919810000001", text: "Hello"))
        }
        #expect(error?.description.contains("Validation Error. from too long") == true)
        let bare = DigoMessages(ClientGolden.messages, exchange: PlatformExchange(client: ScriptedHTTPClient([])))
        await #expect(throws: PlatformRequestError.self) {
            try await bare.send(TextMessage(to: "+919810000001", text: "Hello"))
        }
    }

    static let notifies: [(Int, String, PlatformOutcome)] = [
        (200, #"{"id": "1"}"#, .done), (202, #"{"message": "queued"}"#, .done),
        (200, #"{"status": 0}"#, .refused(PlatformRefusal(status: 200, code: "0"))),
        (200, "", .refused(PlatformRefusal(status: 200))), (401, "", .refused(PlatformRefusal(status: 401))),
        (503, "{}", .busy(status: 503)),
    ]

    @Test("Of many begin with an answer that is no fault", arguments: notifies)
    func notify(status: Int, body: String, outcome: PlatformOutcome) {
        let answer = PlatformAnswer(status: status, body: Array(body.utf8))
        #expect(ClientGolden.messages.outcome(ofNotify: answer) == outcome)
    }

    @Test("Of more people than a campaign may have are refused before they are sent")
    func tooMany() {
        let one = DigoCampaign.Recipient(to: "+919810000001", text: "a")
        let campaign = DigoCampaign(name: "n", from: "S", transaction: "t", to: Array(repeating: one, count: 100_001))
        let error = #expect(throws: PlatformRequestError.self) { try ClientGolden.messages.notify(campaign) }
        #expect(error?.field == "dataSet")
        var bad = DigoCampaign(name: "n", from: "S", transaction: "t", to: [one])
        bad.recipients.append(.init(to: "9810000001", text: "a"))
        let other = #expect(throws: PlatformRequestError.self) { try ClientGolden.messages.notify(bad) }
        #expect(other?.field == "dataSet[1].msisdn")
    }
}
