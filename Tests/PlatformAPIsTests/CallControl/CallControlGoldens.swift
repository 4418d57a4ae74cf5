// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import VoiceBridgeTesting

/// The requests of each platform's document.
///
/// User and password are those of RFC 7617 §2, so that their encoding is too.
enum CallControlGoldens {
    static let basic = ["Authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="]
    static let bearer = ["Authorization": "Bearer k3y"]

    static let twilio = TwilioRequests(account: "Aladdin", token: Secret("open sesame"))
    static let twilioURL = "https://api.twilio.com/2010-04-01/Accounts/Aladdin/Calls/CA01.json"
    static let twilioOver = (404, #"{"code": 20404, "message": "The requested resource was not found", "status": 404}"#)

    static let plivo = PlivoRequests(
        account: "Aladdin",
        token: Secret("open sesame"),
        answerURL: "https://bot.example/plivo",
        store: TransferStore()
    )
    static let plivoURL = "https://api.plivo.com/v1/Account/Aladdin/Call/eba53b9e-8fbd/"
    static let plivoOver = (404, #"{"api_id": "1", "error": "call not found"}"#)
    static let plivoMoved = (202, #"{"message": "call transferred", "api_id": "08c94608-58bd-11e1-86da-adf28403fe48"}"#)

    static let telnyx = TelnyxRequests(key: Secret("k3y"), makeCommandID: { "891510ac" })
    static let telnyxURL = "https://api.telnyx.com/v2/calls/v3%3AMdI91X4l/actions/"
    static let telnyxDone = (200, #"{"data": {"result": "ok"}}"#)
    static let telnyxOver = (
        422, #"{"errors": [{"code": "90018", "title": "Call has already ended", "detail": "It is no longer active"}]}"#
    )

    static let vonage = VonageRequests(token: { Secret("k3y") })
    static let vonageURL = "https://api.nexmo.com/v1/calls/63f61863-4a51"
    static let vonageOver = (404, #"{"type": "NOT_FOUND", "error_title": "Not Found"}"#)

    static let digo = DigoRequests(endpoint: "https://digo.example/", authorization: Secret("t0k"))
    static let digoFields = ["Authorization": "t0k"]

    static let all: [CallControlGolden] = hangUps + transfers

    static let hangUps: [CallControlGolden] = [
        CallControlGolden(
            name: "Twilio, hang up",
            requests: twilio,
            call: "CA01",
            action: .hangUp,
            expected: ExpectedRequest(.post, twilioURL, basic, .form("Status=completed")),
            success: (200, #"{"sid": "CA01", "status": "completed"}"#),
            over: twilioOver,
            isRepeatable: true
        ),
        CallControlGolden(
            name: "SignalWire, hang up",
            requests: TwilioRequests(
                account: "Aladdin",
                token: Secret("open sesame"),
                base: "https://space.signalwire.com/api/laml/2010-04-01",
                platform: "signalwire"
            ),
            call: "CA01",
            action: .hangUp,
            expected: ExpectedRequest(
                .post,
                "https://space.signalwire.com/api/laml/2010-04-01/Accounts/Aladdin/Calls/CA01.json",
                basic,
                .form("Status=completed")
            ),
            success: (200, "{}"),
            over: twilioOver,
            isRepeatable: true
        ),
        CallControlGolden(
            name: "Plivo, hang up",
            requests: plivo,
            call: "eba53b9e-8fbd",
            action: .hangUp,
            expected: ExpectedRequest(.delete, plivoURL, basic),
            success: (204, ""),
            over: plivoOver,
            isRepeatable: true
        ),
        CallControlGolden(
            name: "Vobiz, hang up",
            requests: PlivoRequests(
                account: "MA1",
                token: Secret("t"),
                store: TransferStore(),
                base: "https://api.vobiz.ai/api/v1",
                signIn: .fields,
                platform: "vobiz"
            ),
            call: "c",
            action: .hangUp,
            expected: ExpectedRequest(
                .delete,
                "https://api.vobiz.ai/api/v1/Account/MA1/Call/c/",
                ["X-Auth-ID": "MA1", "X-Auth-Token": "t"]
            ),
            success: (204, ""),
            over: plivoOver,
            isRepeatable: true
        ),
        CallControlGolden(
            name: "Telnyx, hang up",
            requests: telnyx,
            call: "v3:MdI91X4l",
            action: .hangUp,
            expected: ExpectedRequest(
                .post,
                telnyxURL + "hangup",
                bearer,
                .json(#"{"command_id": "891510ac"}"#)
            ),
            success: telnyxDone,
            over: telnyxOver,
            isRepeatable: true
        ),
        CallControlGolden(
            name: "Vonage, hang up",
            requests: vonage,
            call: "63f61863-4a51",
            action: .hangUp,
            expected: ExpectedRequest(.put, vonageURL, bearer, .json(#"{"action": "hangup"}"#)),
            success: (204, ""),
            over: vonageOver,
            isRepeatable: true
        ),
        CallControlGolden(
            name: "Digo, hang up",
            requests: digo,
            call: "1627373566.350603",
            action: .hangUp,
            expected: ExpectedRequest(
                .post,
                "https://digo.example/v1/call/hangup",
                digoFields,
                .json(#"{"call_id": "1627373566.350603"}"#)
            ),
            success: (200, #"{"success": true, "message": "Call hangup successful"}"#),
            over: (404, ""),
            isRepeatable: true
        ),
    ]
}
