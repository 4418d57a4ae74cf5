// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import VoiceBridgeTesting

/// Typed from the platform's two documents; the numbers are made up where those have `X`.
extension ClientGolden {
    static let india = DigoRequests(endpoint: "https://digo.example/", authorization: Secret("t0k"))
    static let america = DigoRequests(
        endpoint: "https://digo.example",
        authorization: Secret("t0k"),
        numberForm: .international
    )
    static let digoFields = ["Authorization": "t0k"]
    static let digoBase = "https://digo.example/v1/"

    static let digo: [ClientGolden] = [
        ClientGolden(
            "Digo, add an agent",
            ExpectedRequest(
                .post,
                digoBase + "agent",
                digoFields,
                .json(#"{"name": "Test Agent", "follow_me_number": 919810000001, "intercom": 1234}"#)
            )
        ) { try america.add(DigoAgent.New(name: "Test Agent", number: "+919810000001", intercom: "1234")) },
        ClientGolden(
            "Digo, agents",
            ExpectedRequest(.get, digoBase + "agents", digoFields),
            isRepeatable: true
        ) { america.agents() },
        ClientGolden(
            "Digo India, a lead",
            ExpectedRequest(
                .post,
                digoBase + "broadcast/lead/77%2F8",
                digoFields,
                .json(#"{"field_0": "9810000001", "field_5": "123456", "duplicate_option": "overwrite"}"#)
            ),
            isRepeatable: true
        ) { try india.add(DigoLead(list: "77/8", number: "+919810000001", password: "123456")) },
        ClientGolden(
            "Digo USA, a lead",
            ExpectedRequest(
                .post,
                digoBase + "broadcast/lead/77",
                digoFields,
                .json(#"{"field_0": "+12025550134", "field_5": "123456", "duplicate_option": "overwrite"}"#)
            ),
            isRepeatable: true
        ) { try america.add(DigoLead(list: "77", number: "+12025550134", password: "123456")) },
        ClientGolden(
            "Digo India, announce",
            ExpectedRequest(
                .post,
                digoBase + "c2c_api",
                digoFields,
                .json(#"{"customer_number": "9810000001", "api_key": "l3ad-announce"}"#)
            )
        ) { try india.announce(to: "09810000001", key: Secret("l3ad-announce")) },
        ClientGolden(
            "Digo USA, announce",
            ExpectedRequest(
                .post,
                digoBase + "c2c_api",
                digoFields,
                .json(#"{"customer_number": "+12025550134", "api_key": "l3ad-announce"}"#)
            )
        ) { try america.announce(to: "+1 202 555 0134", key: Secret("l3ad-announce")) },
        ClientGolden(
            "Digo, all records",
            ExpectedRequest(.get, digoBase + "call/records?limit=100&page=1", digoFields),
            isRepeatable: true
        ) { try india.records(DigoRecordFilter()) },
        ClientGolden(
            "Digo, records with every filter",
            ExpectedRequest(
                .get,
                digoBase + "call/records?from_date=2021-03-10+17%3A16%3A18&to_date=2021-04-10+17%3A16%3A18"
                    + "&call_id=1627373566.350603&agents=345623&call_type=m&callerid=12345678&destination=sales"
                    + "&direction=Inbound&duration=30&operator=%3E%3D&services=Click+to+Call%2CBroadcast"
                    + "&department%5B%5D=d1&department%5B%5D=d2&ivr%5B%5D=i1&limit=10&page=2",
                digoFields
            ),
            isRepeatable: true
        ) {
            var filter = DigoRecordFilter()
            filter.from = "2021-03-10 17:16:18"
            filter.to = "2021-04-10 17:16:18"
            filter.call = "1627373566.350603"
            filter.agent = "345623"
            filter.kind = .missed
            filter.callerID = "12345678"
            filter.destination = "sales"
            filter.direction = "Inbound"
            filter.duration = (.atLeast, 30)
            filter.services = ["Click to Call", "Broadcast"]
            filter.departments = ["d1", "d2"]
            filter.menus = ["i1"]
            filter.limit = 10
            return try india.records(filter, page: 2)
        },
    ]

    static let messages = DigoMessageRequests(token: Secret("k3y"), serviceToken: Secret("Basic s"))
    static let messageFields = ["Authorization": "Bearer k3y", "X-Authorization": "Basic s"]

    static let digoMessages: [ClientGolden] = [
        ClientGolden(
            "Digo Engage, one message with every field",
            ExpectedRequest(
                .post,
                "https://engage-api.digo.link/v1/messaging/sms",
                messageFields,
                .json(
                    #"""
                    {"from": "652322", "to": "919810000001", "msg": "hi", "dlr": {"mask": 0, "url": "https://client-url.com"},
                     "tiny": "1", "type": "promotional", "transactionID": "t1",
                     "tlv": {"PE_ID": "1", "TEMPLATE_ID": "2", "TELEMARKETER_ID": "3"}}
                    """#
                )
            )
        ) {
            var message = DigoMessage(from: "652322", to: "919810000001", text: "hi", transaction: "t1")
            message.purpose = .promotional
            message.shortensLinks = true
            message.report = .init(url: "https://client-url.com", includesFailures: false)
            message.registration = DigoRegistration(entity: "1", template: "2", telemarketer: "3")
            return try messages.send(message)
        },
        ClientGolden(
            "Digo Engage, messages to many",
            ExpectedRequest(
                .post,
                "https://engage-api.digo.link/notify",
                messageFields,
                .json(
                    #"""
                    {"transactionID": "t2", "campaignName": "offers", "oa": "SENDER", "channel": "sms", "tiny": "0",
                     "dataSet": [{"msisdn": "919810000001", "message": "a"}, {"msisdn": "12025550134", "message": "b"}]}
                    """#
                )
            )
        ) {
            try messages.notify(
                DigoCampaign(
                    name: "offers",
                    from: "SENDER",
                    transaction: "t2",
                    to: [.init(to: "+919810000001", text: "a"), .init(to: "+12025550134", text: "b")]
                )
            )
        },
    ]
}
