// SPDX-License-Identifier: Apache-2.0

import CallModel
import PlatformAPIs
import Synchronization
import Testing

@Suite("CALLR's webhooks") struct CALLRWebhooksTests {
    final class Seen: Sendable {
        private let kept = Mutex<[CALLRWebhookEvent]>([])
        var events: [CALLRWebhookEvent] { kept.withLock { $0 } }
        @Sendable func take(_ event: CALLRWebhookEvent) { kept.withLock { $0.append(event) } }
    }

    static let body =
        #"{"type":"sms.mo","event_id":"E1","event_at":"2024-04-24T00:42:42.123Z","hook_hash":"W1","try":0,"#
        + #""data":{"text":"hi"}}"#

    /// HMAC of the body under the key `12345678`, as OpenSSL's command line gives it.
    static let signatures: [(CALLRSignatureAlgorithm, String)] = [
        (.sha1, "G8vSz1k2sd9OZEjGBQN+BzPIvQE="),
        (.sha256, "adPYmxjVfFsTEnSfvHXmAPAlUdechNz57yU4hhtYrGs="),
        (.sha512, "1qo3whb1K0FuSrOadKNIpqo1GBlv7TkU1LWyv9F+6SP+8mv6qgso63cdfLqyx8LpIn8O5ttb/FxAtKILCwI9eA=="),
    ]

    private func post(
        _ webhooks: CALLRWebhooks,
        _ body: String = body,
        signature: String? = nil,
        method: String = "POST"
    ) async -> Int {
        let headers = signature.map { [(name: "X-CALLR-HmacSignature", value: $0)] } ?? []
        return await webhooks.answer(
            ReceivedHTTPRequest(method: method, path: "/", headers: headers, body: Array(body.utf8))
        ).status
    }

    @Test("takes what is signed as was agreed, and nothing else", arguments: signatures)
    func signed(algorithm: CALLRSignatureAlgorithm, signature: String) async {
        let seen = Seen()
        let webhooks = CALLRWebhooks(key: Secret("12345678"), algorithm: algorithm, observe: seen.take)
        #expect(await post(webhooks) == 401)
        for (_, other) in Self.signatures where other != signature {
            #expect(await post(webhooks, signature: other) == 401)
        }
        #expect(await post(webhooks, Self.body + " ", signature: signature) == 401)
        #expect(seen.events.isEmpty)
        #expect(await post(webhooks, signature: signature) == 200)
        #expect(seen.events.map(\.id) == ["E1"])
    }

    @Test("tells an event once, however often it is sent")
    func once() async throws {
        let seen = Seen()
        let webhooks = CALLRWebhooks(key: nil, observe: seen.take)
        #expect(await post(webhooks) == 200)
        #expect(await post(webhooks, Self.body.replacing(#""try":0"#, with: #""try":1"#)) == 200)
        #expect(await post(webhooks, Self.body.replacing("E1", with: "E2")) == 200)
        #expect(seen.events.map(\.id) == ["E1", "E2"])
        let event = try #require(seen.events.first)
        #expect(event.type == "sms.mo" && event.subscription == "W1" && event.attempt == 0)
        #expect(event.time == "2024-04-24T00:42:42.123Z" && event.data["text"]?.text == "hi")
    }

    @Test("refuses what is no event", arguments: ["", "[]", "{}", #"{"type":"a"}"#, #"{"type":"","event_id":"E"}"#])
    func refused(body: String) async {
        let webhooks = CALLRWebhooks(key: nil) { _ in Issue.record("nothing was to be told") }
        #expect(await post(webhooks, body) == 400)
        #expect(await post(webhooks, method: "GET") == 405)
    }
}
