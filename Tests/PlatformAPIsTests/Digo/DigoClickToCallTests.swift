// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import Testing
import VoiceBridgeTesting

@Suite("Calls placed at Digo") struct DigoClickToCallTests {
    static var everyField: DigoClickToCall {
        var call = DigoClickToCall(agent: "9000000009", destination: "+918000000009")
        call.callerID = "8760000000"
        call.isAsynchronous = true
        call.timeout = 32
        call.asksForCallID = true
        call.identifier = "order 7"
        return call
    }

    static let calls: [(DigoClickToCall, String)] = [
        (
            DigoClickToCall(agent: "9000000009", destination: "8000000009"),
            #"{"agent_number": "9000000009", "destination_number": "8000000009"}"#
        ),
        (
            everyField,
            #"""
            {"agent_number": "9000000009", "destination_number": "+918000000009", "caller_id": 8760000000, "async": 1,
             "call_timeout": 32, "get_call_id": 1, "custom_identifier": "order 7"}
            """#
        ),
    ]

    @Test("Are placed as the document shows", arguments: calls)
    func golden(call: DigoClickToCall, json: String) throws {
        let expected = ExpectedRequest(
            .post,
            "https://digo.example/v1/click_to_call",
            CallControlGoldens.digoFields,
            .json(json)
        )
        let plan = try CallControlGoldens.digo.place(call)
        #expect(expected.matches(plan.http))
        #expect(!plan.isRepeatable)
    }

    static let faults: [(String, @Sendable (inout DigoClickToCall) -> Void)] = [
        ("agent_number", { $0.agent = "" }), ("destination_number", { $0.destination = "123456789" }),
        ("destination_number", { $0.destination = "1234567890123456" }),
        ("destination_number", { $0.destination = "x" }),
        ("caller_id", { $0.callerID = "+1" }), ("caller_id", { $0.callerID = "" }),
        ("call_timeout", { $0.timeout = 0 }),
    ]

    @Test("Are refused when the platform would refuse them", arguments: faults.indices)
    func refused(index: Int) {
        var call = Self.everyField
        Self.faults[index].1(&call)
        let error = #expect(throws: PlatformRequestError.self) { try CallControlGoldens.digo.place(call) }
        #expect(error?.field == Self.faults[index].0)
    }
}
