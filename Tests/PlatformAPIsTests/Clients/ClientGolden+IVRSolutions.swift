// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import VoiceBridgeTesting

/// Typed from the platform's page; of paths that it does not name, see ``IVRSolutionsPaths``.
extension ClientGolden {
    static let requests = IVRSolutionsRequests(token: Secret("k3y"))
    static let base = "https://api.ivrsolutions.in/api/"
    static let bearer = ["Authorization": "Bearer k3y"]

    static let ivrSolutions: [ClientGolden] = [
        ClientGolden(
            "IVR Solutions, click to call",
            ExpectedRequest(
                .post,
                base + "c2c_post",
                bearer,
                .json(#"{"did": "+911143104567", "ext_no": "2101", "phone": "09876543210"}"#)
            )
        ) { try requests.clickToCall(agent: "2101", customer: "09876543210", did: "+911143104567") },
        ClientGolden(
            "IVR Solutions, connect with every field",
            ExpectedRequest(
                .post,
                base + "click_connect",
                bearer,
                .json(
                    #"""
                    {"body": "Hello, connecting your call", "did": "+911143104567", "first_phone": "+919876543210",
                     "schedule_datetime": "2025-12-31 13:00:00", "second_phone": "+919123456789",
                     "timezone": "Asia/Kolkata"}
                    """#
                )
            )
        ) {
            var connection = IVRSolutionsConnection(
                first: "+919876543210",
                second: "+919123456789",
                did: "+911143104567"
            )
            connection.announcement = "Hello, connecting your call"
            connection.schedule = IVRSolutionsSchedule("2025-12-31 13:00:00", timeZone: "Asia/Kolkata")
            return try requests.connectMasked(connection)
        },
        ClientGolden(
            "IVR Solutions, cancel a connection",
            ExpectedRequest(
                .post,
                base + "click_connect_update",
                bearer,
                .json(
                    #"""
                    {"action": "cancel", "body": "Hello, connecting your call", "did": "+911143104567",
                     "first_number": "+919876543210"}
                    """#
                )
            ),
            isRepeatable: true
        ) {
            try requests.updateMasked(
                IVRSolutionsConnectionUpdate(
                    did: "+911143104567",
                    first: "+919876543210",
                    announcement: "Hello, connecting your call"
                )
            )
        },
        ClientGolden(
            "IVR Solutions, note on a record",
            ExpectedRequest(
                .post,
                base + "update_call_note",
                bearer,
                .json(
                    #"""
                    {"record_id": "12345", "call_status": 1, "call_type": "incoming",
                     "call_remark": "Customer interested in premium plan. Follow up next week."}
                    """#
                )
            ),
            isRepeatable: true
        ) {
            try requests.note(
                IVRSolutionsNote(
                    on: .record("12345"),
                    "Customer interested in premium plan. Follow up next week.",
                    status: 1,
                    callType: "incoming"
                )
            )
        },
        ClientGolden(
            "IVR Solutions, note on a call",
            ExpectedRequest(
                .post,
                base + "add_call_note",
                bearer,
                .json(
                    #"""
                    {"sip_call_id": "abc123.45@sip", "note": "Customer requested a callback", "call_type": "c2c",
                     "status": "1"}
                    """#
                )
            )
        ) {
            try requests.note(
                IVRSolutionsNote(
                    on: .sipCall("abc123.45@sip"),
                    "Customer requested a callback",
                    status: 1,
                    callType: "c2c"
                )
            )
        },
        ClientGolden(
            "IVR Solutions, webhook",
            ExpectedRequest(
                .post,
                base + "add_webhook",
                bearer,
                .json(#"{"secret_key": "whsec_abc123", "webhookurl": "https://yourapp.com/webhooks/ivr"}"#)
            ),
            isRepeatable: true
        ) { try requests.registerWebhook("https://yourapp.com/webhooks/ivr", key: Secret("whsec_abc123")) },
    ]

    static let ivrSolutionsLogs: [ClientGolden] = [
        ClientGolden(
            "IVR Solutions, logs of days",
            ExpectedRequest(.get, base + "call_logs?from_date=2024-12-01&to_date=2024-12-31", bearer),
            isRepeatable: true
        ) { try requests.callLogs(from: "2024-12-01", to: "2024-12-31") },
        ClientGolden(
            "IVR Solutions, logs of connections",
            ExpectedRequest(
                .post,
                base + "click_connect_logs",
                bearer,
                .json(
                    #"{"did": "+911143104567", "from_date": "2025-08-01", "orderby": "desc", "to_date": "2025-08-31"}"#
                )
            ),
            isRepeatable: true
        ) { try requests.connectLogs(from: "2025-08-01", to: "2025-08-31", did: "+911143104567") },
        ClientGolden(
            "IVR Solutions, new logs",
            ExpectedRequest(
                .post,
                "https://api.ivrsolutions.in/v1/all_call_logs",
                bearer,
                .json(#"{"last_c2c_log_id": "0", "last_call_log_id": "0", "last_dialer_log_id": "0"}"#)
            ),
            isRepeatable: true
        ) { requests.newLogs(after: IVRSolutionsLogCursor()) },
        ClientGolden(
            "IVR Solutions, status of a call",
            ExpectedRequest(.get, base + "get_call_status?logid=123456", bearer),
            isRepeatable: true
        ) { requests.callStatus(log: "123456") },
        ClientGolden(
            "IVR Solutions, labels",
            ExpectedRequest(.get, base + "get_call_status", bearer),
            isRepeatable: true
        ) { requests.statusLabels() },
    ]
}
