// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import Testing
import VoiceBridgeTesting

@Suite("Messages through Digo") struct DigoMessageTests {
    private let requests = DigoMessageRequests(token: Secret("k3y"), serviceToken: Secret("Basic s"))

    private static var message: DigoMessage {
        var message = DigoMessage(from: "652322", to: "+919810000001", text: "Hello", transaction: "t1")
        message.report = .init(url: "https://client.example")
        return message
    }

    @Test("Are sent as the document shows")
    func golden() throws {
        let expected = ExpectedRequest(
            .post,
            "https://engage-api.digo.link/v1/messaging/sms",
            ["Authorization": "Bearer k3y", "X-Authorization": "Basic s"],
            .json(
                #"""
                {"from": "652322", "to": "+919810000001", "msg": "Hello", "dlr": {"mask": 1, "url": "https://client.example"},
                 "tiny": "0", "type": "transactional", "transactionID": "t1"}
                """#
            )
        )
        let plan = try requests.send(Self.message)
        #expect(expected.matches(plan.http))
        #expect(!plan.isRepeatable)
        #expect(!plan.preview.contains("k3y") && !plan.preview.contains("Basic s"))
    }

    static let faults: [(String, @Sendable (inout DigoMessage) -> Void)] = [
        ("to", { $0.to = "09810000001" }), ("to", { $0.to = "9810000001" }), ("from", { $0.from = "" }),
        ("msg", { $0.text = String(repeating: "a", count: 1_001) }), ("transactionID", { $0.transaction = "" }),
        ("dlr.url", { $0.report = .init(url: String(repeating: "a", count: 201)) }),
    ]

    @Test("Are refused when the platform would refuse them", arguments: faults.indices)
    func refused(index: Int) {
        var message = Self.message
        Self.faults[index].1(&message)
        let error = #expect(throws: PlatformRequestError.self) { try requests.send(message) }
        #expect(error?.field == Self.faults[index].0)
    }

    static let answers: [(Int, String, PlatformOutcome)] = [
        (200, #"{"id": "10f3c521"}"#, .done),
        (
            200, #"{"status": 0, "message": "Validation Error.", "data": [{"msg": "too long", "param": "from"}]}"#,
            .refused(PlatformRefusal(status: 200, code: "0", message: "Validation Error. from too long"))
        ),
        (400, "", .refused(PlatformRefusal(status: 400))), (503, "", .busy(status: 503)),
    ]

    @Test("Succeed with an id and not else", arguments: answers)
    func outcome(status: Int, body: String, outcome: PlatformOutcome) {
        #expect(requests.outcome(of: PlatformAnswer(status: status, body: Array(body.utf8))) == outcome)
    }
}
