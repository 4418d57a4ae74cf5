// SPDX-License-Identifier: Apache-2.0
import Testing
import WebSocketWire

@Suite struct CloseCodeTests {
    /// RFC 6455 §7.4 and the registry as ranges, for every number there is.
    @Test func mayBeOnTheWire() {
        let valid = Set<UInt16>([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014])
        let wrong = (UInt16.min...UInt16.max).filter { number in
            CloseCode(rawValue: number).isValidOnWire != (valid.contains(number) || (3000...4999).contains(number))
        }
        #expect(wrong == [])
    }

    @Test(arguments: [
        (CloseCode.noStatus, CloseCode.normal), (.abnormal, .internalError),
        (CloseCode(rawValue: 1015), .internalError),
        (.goingAway, .goingAway), (CloseCode(rawValue: 4999), CloseCode(rawValue: 4999)),
        (CloseCode(rawValue: 5000), .internalError),
    ])
    func neverSendsAForbiddenCode(given: CloseCode, sent: CloseCode) {
        #expect(ClosePayload(code: given, reason: "").code == sent)
    }

    @Test(arguments: [
        (String(repeating: "a", count: 124), String(repeating: "a", count: 123)),
        (String(repeating: "\u{20AC}", count: 42), String(repeating: "\u{20AC}", count: 41)),
        (String(repeating: "\u{20AC}", count: 41), String(repeating: "\u{20AC}", count: 41)),
        (String(repeating: "a", count: 121) + "\u{20AC}", String(repeating: "a", count: 121)),
    ])
    func cutsALongReasonBetweenCharacters(given: String, sent: String) {
        #expect(ClosePayload(code: .normal, reason: given).reason == sent)
    }
}
