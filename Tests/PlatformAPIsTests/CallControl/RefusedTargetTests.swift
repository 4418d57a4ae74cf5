// SPDX-License-Identifier: Apache-2.0

import CallModel
import PlatformAPIs
import Testing

@Suite("Targets that a platform cannot be given") struct RefusedTargetTests {
    static let none: [(any CallControlRequests, TransferTarget, String)] = [
        (CallControlGoldens.twilio, .extension("204"), "unsupported"),
        (CallControlGoldens.twilio, .phone("12ab"), "bad_target"),
        (CallControlGoldens.twilio, .phones([], strategy: .simultaneous), "bad_target"),
        (CallControlGoldens.twilio, .phones(Array(repeating: "1", count: 11), strategy: .simultaneous), "bad_target"),
        (CallControlGoldens.twilio, .flow("ftp://x"), "bad_target"),
        (CallControlGoldens.twilio, .bot(url: "ws://x"), "bad_target"),
        (CallControlGoldens.twilio, .sip(uri: "tel:1"), "bad_target"),
        (CallControlGoldens.plivo, .phones(["1", "2"], strategy: .sequential), "unsupported"),
        (CallControlGoldens.plivo, .phone("x"), "bad_target"),
        (PlivoRequests(account: "a", token: Secret("t"), store: TransferStore()), .phone("1"), "missing_setting"),
        (CallControlGoldens.telnyx, .phones(["1"], strategy: .simultaneous), "unsupported"),
        (CallControlGoldens.telnyx, .bot(url: "wss://x"), "unsupported"),
        (CallControlGoldens.vonage, .extension("204"), "unsupported"),
        (VonageRequests(token: { nil }), .phone("1"), "missing_setting"),
        (CallControlGoldens.digo, .phone("1"), "unsupported"),
        (CallControlGoldens.digo, .extension("12a4"), "bad_target"),
        (CallControlGoldens.digo, .extension(""), "bad_target"),
    ]

    @Test("Are refused before anything is sent", arguments: none.indices)
    func refused(index: Int) {
        let (requests, target, word) = Self.none[index]
        let call = CallStart(callID: CallID("c"), streamID: "s", platform: requests.platform)
        let error = #expect(throws: CallControlError.self) { try requests.plan(.transfer(target), on: call) }
        #expect(error?.shortDescription == word)
        #expect(error?.platform == requests.platform)
    }

    @Test("A call that the platform did not name cannot be named to it")
    func madeUp() {
        let call = CallStart(callID: CallID("local-1"), streamID: "s", hasMadeUpID: true, platform: "twilio")
        let error = #expect(throws: CallControlError.self) { try CallControlGoldens.twilio.plan(.hangUp, on: call) }
        #expect(error?.shortDescription == "no_call_id")
    }
}
