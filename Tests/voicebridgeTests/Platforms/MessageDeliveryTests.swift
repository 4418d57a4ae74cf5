// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import Logging
import OutboundHTTP
import PlatformAPIs
import TestSupport
import Testing

@testable import voicebridge

/// A message from a flow's account to the report of its delivery, both over HTTP's values.
@Suite struct MessageDeliveryTests {
    @Test func `A report finds the message that a flow sent`() async throws {
        let server = try await LoopbackHTTPServer { request in
            let body = String(decoding: request.body, as: UTF8.self)
            let isRight =
                request.method == "POST" && request.path == "/v1/messaging/sms"
                && request["Authorization"] == "Bearer a" && request["X-Authorization"] == "Basic b"
                && body.contains(#""dlr":{"mask":1,"url":"https://c.example/d"}"#)
                // A national number, as a platform tells a caller's, in the form that the service wants.
                && body.contains(#""to":"+919810000001""#)
            return isRight ? .text(#"{"id": "10f3c521"}"#, type: "application/json") : .text("", status: 400)
        }
        let platforms = PlatformServices(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let options: [String: BotOptionValue] = [
            "sms_token": .secret(Secret("a")), "sms_service_token": .secret(Secret("Basic b")),
            "sms_from": .text("652322"), "sms_country": .text("IN"), "sms_url": .text(server.url),
            "sms_report_url": .text("https://c.example/d"),
        ]
        let account = try #require(try MessageAccount(BotOptions(options)))
        let sent = try await DigoMessages(account, platforms).send(TextMessage(to: "9810000001", text: "Hello"))
        #expect(sent.platformID == "10f3c521" && sent.id.count == 32)
        let made = try ReceiverKind.digoDeliveryReports.make(BotOptions(), platforms)
        let receiver = try #require(made as? DigoDeliveryReports)
        for transaction in [sent.id, sent.id, "another"] {
            let body = Array(#"{"transactionID": "\#(transaction)", "status": "DELIVRD"}"#.utf8)
            let reply = await receiver.answer(ReceivedHTTPRequest(method: "POST", path: "/", body: body))
            #expect(reply.status == 200)
        }
        var counts = DigoDeliveryReports.Counts()
        (counts.joined, counts.unknown, counts.duplicates) = (1, 1, 1)
        #expect(receiver.counts == counts)
        try await server.stop()
    }
}
