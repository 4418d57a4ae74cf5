// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import VoiceBridgeTesting

extension CallControlGoldens {
    static let transfers: [CallControlGolden] =
        [
            twilioTransfer(
                "a phone",
                .phone("+1 555 123-4567"),
                "Twiml=%3CResponse%3E%3CDial%3E%3CNumber%3E%2B15551234567%3C%2FNumber%3E%3C%2FDial%3E%3C%2FResponse%3E"
            ),
            twilioTransfer(
                "two phones in turn",
                .phones(["+15551", "+15552"], strategy: .sequential),
                "Twiml=%3CResponse%3E%3CDial+sequential%3D%22true%22%3E%3CNumber%3E%2B15551%3C%2FNumber%3E"
                    + "%3CNumber%3E%2B15552%3C%2FNumber%3E%3C%2FDial%3E%3C%2FResponse%3E"
            ),
            twilioTransfer(
                "a SIP URI",
                .sip(uri: "sip:a@b.example?x=1&y=2"),
                "Twiml=%3CResponse%3E%3CDial%3E%3CSip%3Esip%3Aa%40b.example%3Fx%3D1%26amp%3By%3D2%3C%2FSip%3E"
                    + "%3C%2FDial%3E%3C%2FResponse%3E"
            ),
            twilioTransfer(
                "a bot",
                .bot(url: "wss://b.example/v1"),
                "Twiml=%3CResponse%3E%3CConnect%3E%3CStream+url%3D%22wss%3A%2F%2Fb.example%2Fv1%22%2F%3E"
                    + "%3C%2FConnect%3E%3C%2FResponse%3E"
            ),
            twilioTransfer("a flow", .flow("https://b.example/x.xml"), "Url=https%3A%2F%2Fb.example%2Fx.xml"),
            plivoTransfer("a phone", .phone("+15551234567"), "https://bot.example/plivo"),
            plivoTransfer("a flow", .flow("https://b.example/x.xml"), "https://b.example/x.xml"),
            telnyxTransfer("a phone", .phone("+15551234567"), "+15551234567"),
            telnyxTransfer("a SIP URI", .sip(uri: "sip:a@b.example"), "sip:a@b.example"),
            vonageTransfer(
                "a phone",
                .phone("+447700900001"),
                #""ncco": [{"action": "connect", "endpoint": [{"type": "phone", "number": "447700900001"}]}]"#
            ),
            vonageTransfer(
                "a SIP URI",
                .sip(uri: "sip:a@b.example"),
                #""ncco": [{"action": "connect", "endpoint": [{"type": "sip", "uri": "sip:a@b.example"}]}]"#
            ),
            vonageTransfer("a flow", .flow("https://b.example/n.json"), #""url": ["https://b.example/n.json"]"#),
            digoTransfer("an intercom", .extension("1042"), #""intercom": "1042""#),
            digoTransfer("an agent", .extension("5061701000"), #""agent_id": "5061701000""#),
        ]

    private static func twilioTransfer(_ to: String, _ target: TransferTarget, _ form: String) -> CallControlGolden {
        CallControlGolden(
            name: "Twilio, transfer to \(to)",
            requests: twilio,
            call: "CA01",
            action: .transfer(target),
            expected: ExpectedRequest(.post, twilioURL, basic, .form(form)),
            success: (200, #"{"sid": "CA01"}"#),
            over: (400, #"{"code": 21220, "message": "Unable to update record. Call is not in-progress."}"#),
            isRepeatable: false
        )
    }

    private static func plivoTransfer(_ to: String, _ target: TransferTarget, _ url: String) -> CallControlGolden {
        CallControlGolden(
            name: "Plivo, transfer to \(to)",
            requests: plivo,
            call: "eba53b9e-8fbd",
            action: .transfer(target),
            expected: ExpectedRequest(
                .post,
                plivoURL,
                basic,
                .json(#"{"legs": "aleg", "aleg_url": "\#(url)", "aleg_method": "POST"}"#)
            ),
            success: plivoMoved,
            over: plivoOver,
            isRepeatable: false
        )
    }

    private static func telnyxTransfer(_ to: String, _ target: TransferTarget, _ text: String) -> CallControlGolden {
        CallControlGolden(
            name: "Telnyx, transfer to \(to)",
            requests: telnyx,
            call: "v3:MdI91X4l",
            action: .transfer(target),
            expected: ExpectedRequest(
                .post,
                telnyxURL + "transfer",
                bearer,
                .json(#"{"to": "\#(text)", "command_id": "891510ac"}"#)
            ),
            success: telnyxDone,
            over: telnyxOver,
            isRepeatable: true
        )
    }

    private static func vonageTransfer(_ to: String, _ target: TransferTarget, _ member: String) -> CallControlGolden {
        CallControlGolden(
            name: "Vonage, transfer to \(to)",
            requests: vonage,
            call: "63f61863-4a51",
            action: .transfer(target),
            expected: ExpectedRequest(
                .put,
                vonageURL,
                bearer,
                .json(#"{"action": "transfer", "destination": {"type": "ncco", \#(member)}}"#)
            ),
            success: (204, ""),
            over: vonageOver,
            isRepeatable: false
        )
    }

    private static func digoTransfer(_ to: String, _ target: TransferTarget, _ member: String) -> CallControlGolden {
        CallControlGolden(
            name: "Digo, transfer to \(to)",
            requests: digo,
            call: "1627373566.350603",
            action: .transfer(target),
            expected: ExpectedRequest(
                .post,
                "https://digo.example/v1/call/options",
                digoFields,
                .json(#"{"type": 4, "call_id": "1627373566.350603", \#(member)}"#)
            ),
            success: (200, #"{"success": true, "message": "Call transferred"}"#),
            over: (404, ""),
            isRepeatable: false
        )
    }
}
