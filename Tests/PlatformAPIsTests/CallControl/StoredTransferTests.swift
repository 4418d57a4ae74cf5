// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import PlatformAPIs
import Testing

@Suite("Transfers that the platform fetches") struct StoredTransferTests {
    private let store = TransferStore(capacity: 2)

    private func start(_ call: String) -> CallStart {
        CallStart(callID: CallID(call), streamID: "s", platform: "exotel")
    }

    @Test("The store holds the last word of the last calls")
    func bounded() {
        store.keep(.phone("1"), for: CallID("a"))
        store.keep(.phone("2"), for: CallID("a"))
        store.keep(.phone("3"), for: CallID("b"))
        #expect(store[CallID("a")] == .phone("2"))
        store.keep(.phone("4"), for: CallID("c"))
        #expect(store[CallID("a")] == nil && store[CallID("b")] == .phone("3") && store[CallID("c")] == .phone("4"))
        store.keep(.phone("5"), for: CallID("d"))
        #expect(store[CallID("b")] == nil && store[CallID("c")] == .phone("4"))
    }

    @Test("Exotel's Passthru goes one way with a target and the other without")
    func passthru() async throws {
        let reports = Reports()
        let control = ExotelCallControl(store: store, report: { reports.add($0) })
        let answer = ExotelTransferAnswer(.passthru, store: store)
        let request = ReceivedHTTPRequest(method: "GET", path: "/", query: "CallSid=abc&CallFrom=%2B919810000001")
        #expect(await answer.answer(request).status == 302)
        try await control.transfer(start("abc"), to: .phone("09810000003"))
        #expect(await answer.answer(request).status == 200)
        #expect(reports.all.map(\.action) == ["transfer"] && reports.all.map(\.attempts) == [0])
        #expect(await answer.answer(ReceivedHTTPRequest(method: "GET", path: "/")).status == 400)
        #expect(await answer.answer(ReceivedHTTPRequest(method: "PUT", path: "/")).status == 405)
    }

    static let connects: [(TransferTarget?, String)] = [
        (.phone("09810000003"), #"{"fetch_after_attempt": false, "destination": {"numbers": ["+919810000003"]}}"#),
        (nil, #"{"fetch_after_attempt": false, "destination": {"numbers": []}}"#),
        (
            .phones(["+919810000003", "09810000004"], strategy: .simultaneous),
            #"""
            {"fetch_after_attempt": false, "destination": {"numbers": ["+919810000003", "+919810000004"]},
             "parallel_ringing": {"activate": true, "max_parallel_attempts": 2}}
            """#
        ),
        (
            .phones(["+919810000003", "09810000004"], strategy: .sequential),
            #"{"fetch_after_attempt": false, "destination": {"numbers": ["+919810000003", "+919810000004"]}}"#
        ),
    ]

    @Test("Exotel's Connect is told the numbers", arguments: connects)
    func connect(target: TransferTarget?, json: String) async throws {
        if let target { try await ExotelCallControl(store: store).transfer(start("abc"), to: target) }
        let request = ReceivedHTTPRequest(method: "GET", path: "/", query: "CallSid=abc")
        let reply = await ExotelTransferAnswer(.connect, store: store).answer(request)
        #expect(reply.status == 200 && reply.contentType == "application/json")
        #expect(try JSONDocument.parse(reply.body) == JSONDocument.parse(Array(json.utf8)))
    }

    @Test(
        "Exotel is not given what it cannot ring",
        arguments: [.flow("f"), .extension("1"), .bot(url: "wss://x")] as [TransferTarget]
    )
    func exotelRefuses(target: TransferTarget) async {
        await #expect(throws: CallControlError.self) {
            try await ExotelCallControl(store: store).transfer(start("abc"), to: target)
        }
        #expect(store[CallID("abc")] == nil)
    }

    static let documents: [(TransferTarget, String)] = [
        (.phone("+15551234567"), "<Response><Dial><Number>+15551234567</Number></Dial></Response>"),
        (
            .phones(["+15551", "+15552"], strategy: .simultaneous),
            "<Response><Dial><Number>+15551</Number><Number>+15552</Number></Dial></Response>"
        ),
        (.sip(uri: "sip:a@b?x=1&y=2"), "<Response><Dial><User>sip:a@b?x=1&amp;y=2</User></Dial></Response>"),
        (
            .bot(url: "wss://b.example/v1"),
            #"<Response><Stream bidirectional="true" keepCallAlive="true">wss://b.example/v1</Stream></Response>"#
        ),
    ]

    @Test("Plivo fetches the XML of the transfer", arguments: documents)
    func plivo(target: TransferTarget, xml: String) async {
        let requests = PlivoRequests(account: "a", token: Secret("t"), answerURL: "https://b", store: store)
        let answer = PlivoTransferAnswer(store: store)
        let request = ReceivedHTTPRequest(method: "POST", path: "/", body: Array("From=1&CallUUID=eba5-3b".utf8))
        #expect(await answer.answer(request).body == Array("<Response><Hangup/></Response>".utf8))
        requests.prepare(target, for: start("eba5-3b"))
        let reply = await answer.answer(request)
        #expect(reply.contentType == "application/xml")
        #expect(String(decoding: reply.body, as: UTF8.self) == xml)
    }
}
