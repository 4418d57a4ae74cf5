// SPDX-License-Identifier: Apache-2.0

import CallModel
import PlatformAPIs
import Synchronization
import Testing

@Suite("IVR Solutions' callbacks") struct IVRSolutionsCallbacksTests {
    final class Log: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ event: IVRSolutionsCallEvent, _ isLate: Bool) {
            lines.withLock { $0.append("\(event.call) \(event.name)\(isLate ? " late" : "")") }
        }
    }

    private let log = Log()

    private func receiver(_ key: Secret? = nil, capacity: Int = 16) -> IVRSolutionsCallbacks {
        IVRSolutionsCallbacks(key: key, capacity: capacity) { [log] in log.add($0, $1) }
    }

    private func post(_ body: String, signature: String? = nil) -> ReceivedHTTPRequest {
        let headers = signature.map { [(name: "X-Signature", value: $0)] } ?? []
        return ReceivedHTTPRequest(method: "POST", path: "/", headers: headers, body: Array(body.utf8))
    }

    private func event(_ call: String, _ status: String) -> ReceivedHTTPRequest {
        post(#"{"call_id": "\#(call)", "status": "\#(status)", "duration": 3}"#)
    }

    @Test("Are told once each, and in what order they came")
    func order() async {
        let receiver = receiver()
        for status in [
            "call.initiated", "call.in-progress", "call.ringing", "call.in-progress", "call.completed",
            "call.recording",
            "call.transferring", "call.completed",
        ] {
            #expect(await receiver.answer(event("a", status)).status == 200)
        }
        #expect(await receiver.answer(event("b", "call.ringing")).status == 200)
        #expect(
            log.all == [
                "a call.initiated", "a call.in-progress", "a call.ringing late", "a call.completed", "a call.recording",
                "a call.transferring late", "b call.ringing",
            ]
        )
    }

    @Test("Are remembered only so many")
    func bounded() async {
        let receiver = receiver(capacity: 1)
        for call in ["a", "b", "a"] { #expect(await receiver.answer(event(call, "call.busy")).status == 200) }
        #expect(log.all == ["a call.busy", "b call.busy", "a call.busy"])
    }

    @Test("Reach nobody unsigned, signed wrongly, or unreadable")
    func refused() async {
        let signed = receiver(Secret("Jefe"))
        #expect(await signed.answer(event("a", "call.busy")).status == 401)
        #expect(await signed.answer(post("what do ya want for nothing?", signature: "00")).status == 401)
        // The signature of RFC 4231 §4.3 is right, and the body is no callback.
        let right = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        #expect(await signed.answer(post("what do ya want for nothing?", signature: right)).status == 400)
        for body in ["", "{", "[]", #"{"call_id": "a"}"#, #"{"status": "call.busy"}"#] {
            #expect(await receiver().answer(post(body)).status == 400)
        }
        #expect(await receiver().answer(ReceivedHTTPRequest(method: "GET", path: "/")).status == 405)
        #expect(log.all == [])
    }
}
