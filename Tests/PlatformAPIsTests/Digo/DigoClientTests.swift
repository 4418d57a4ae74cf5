// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import Testing
import VoiceBridgeTesting

@Suite("Digo's client") struct DigoClientTests {
    private func client(_ steps: [ScriptedHTTPClient.Step]) -> (DigoClient, ScriptedHTTPClient) {
        let twin = ScriptedHTTPClient(steps)
        return (DigoClient(ClientGolden.india, exchange: PlatformExchange(client: twin, sleep: { _ in })), twin)
    }

    private func records(_ page: Int, _ ids: ClosedRange<Int>) -> ScriptedHTTPClient.Step {
        let body = ids.map { #"{"id": "\#($0)", "call_id": 1627373566.350603}"# }.joined(separator: ",")
        return ExpectedRequest(
            .get,
            ClientGolden.digoBase + "call/records?limit=3&page=\(page)",
            ClientGolden.digoFields
        )
        .answered(200, #"{"limit": "3", "page": "\#(page)", "results": [\#(body)]}"#)
    }

    @Test("Reads records page by page, each once")
    func pages() async throws {
        var filter = DigoRecordFilter()
        filter.limit = 3
        let (client, twin) = client([records(1, 1...3), records(2, 3...5), records(3, 6...6)])
        let read = try await client.records(filter)
        #expect(read.records.map(\.id) == ["1", "2", "3", "4", "5", "6"] && read.isComplete)
        #expect(twin.unexpected.isEmpty && twin.outstanding == 0)
        let (bounded, _) = self.client([records(1, 1...3), records(2, 4...6)])
        let some = try await bounded.records(filter, maximumPages: 2)
        #expect(some.records.count == 6 && !some.isComplete)
    }

    @Test("Reads a record's fields")
    func record() async throws {
        let body = #"""
            [{"id": "1", "call_id": 1627373566.350603, "uuid": "61111f5e708c5", "date": "2021-03-10", "time": "17:16:18",
              "end_stamp": "2021-03-10 17:17:18", "direction": "Inbound", "call_duration": "30", "answered_seconds": 9,
              "dtmf_input": "3432", "client_number": "+919810000001", "did_number": "918000000001", "status": "missed",
              "hangup_cause": "Normal Clearing", "recording_url": "https://r.example/1", "broadcast_id": "3432"}]
            """#
        let expected = ExpectedRequest(
            .get,
            ClientGolden.digoBase + "call/records?limit=100&page=1",
            ClientGolden.digoFields
        )
        let (client, _) = client([expected.answered(200, body)])
        let record = try #require(try await client.records(DigoRecordFilter()).records.first)
        #expect(record.callID == "1627373566.350603" && record.began == "2021-03-10 17:16:18")
        #expect(record.duration == .seconds(30) && record.answered == .seconds(9) && record.digits == "3432")
        #expect(record.members["broadcast_id"] == "3432" && record.status == "missed")
    }

    @Test("Lists agents, and adds one")
    func agents() async throws {
        let list = #"""
            [{"id": 111111, "name": "Test Agent", "follow_me_number": "+919810000001", "eid": "0505", "intercom": null,
              "calls_answered": 1, "calls_missed": 0, "custom_status": 1, "departments": []}, {"name": "nobody"}]
            """#
        let add = ExpectedRequest(
            .post,
            ClientGolden.digoBase + "agent",
            ClientGolden.digoFields,
            .json(#"{"name": "A", "follow_me_number": 919810000001, "intercom": "0123"}"#)
        )
        let (client, twin) = client([
            ExpectedRequest(.get, ClientGolden.digoBase + "agents", ClientGolden.digoFields).answered(200, list),
            add.answered(200, #"{"success": true, "message": "Agent added successfully", "agent_id": "0505"}"#),
        ])
        let agents = try await client.agents()
        #expect(agents.count == 1)
        #expect(agents.first?.id == "111111" && agents.first?.isBlocked == true && agents.first?.intercom == nil)
        #expect(try await client.add(.init(name: "A", number: "919810000001", intercom: "0123")) == "0505")
        #expect(twin.unexpected.isEmpty && twin.outstanding == 0)
    }

    @Test("Announces in two steps, and takes no second one when the first is refused")
    func announce() async throws {
        let lead = ExpectedRequest(
            .post,
            ClientGolden.digoBase + "broadcast/lead/77",
            ClientGolden.digoFields,
            .json(#"{"field_0": "9810000001", "field_5": "123456", "duplicate_option": "overwrite"}"#)
        )
        let call = ExpectedRequest(
            .post,
            ClientGolden.digoBase + "c2c_api",
            ClientGolden.digoFields,
            .json(#"{"customer_number": "9810000001", "api_key": "a"}"#)
        )
        let wanted = DigoLead(list: "77", number: "9810000001", password: "123456")
        let done = #"{"success": true, "message": "ok"}"#
        let (client, twin) = client([lead.answered(200, done), call.answered(200, done)])
        #expect(try await client.announce(to: wanted, key: Secret("a")).message == "ok")
        #expect(twin.unexpected.isEmpty && twin.outstanding == 0)
        let (refused, other) = self.client([lead.answered(200, #"{"success": false, "message": "no list"}"#)])
        let error = await #expect(throws: PlatformCallError.self) {
            try await refused.announce(to: wanted, key: Secret("a"))
        }
        #expect(error?.description.contains("no list") == true)
        #expect(other.unexpected.isEmpty)
    }

    static let faults: [(String, @Sendable () throws -> PlannedRequest)] = [
        ("name", { try ClientGolden.india.add(.init(name: "", number: "+919810000001")) }),
        ("follow_me_number", { try ClientGolden.india.add(.init(name: "A", number: "9810000001")) }),
        ("intercom", { try ClientGolden.india.add(.init(name: "A", number: "+919810000001", intercom: "12")) }),
        ("field_0", { try ClientGolden.india.add(DigoLead(list: "7", number: "+12025550134", password: "1")) }),
        ("field_0", { try ClientGolden.america.add(DigoLead(list: "7", number: "9810000001", password: "1")) }),
        ("LEAD_ID", { try ClientGolden.america.add(DigoLead(list: "", number: "+12025550134")) }),
        ("field_0", { try ClientGolden.america.add(DigoLead(list: "1", number: "+12025550134", fields: [0: "x"])) }),
        ("customer_number", { try ClientGolden.america.announce(to: "0981", key: Secret("a")) }),
        ("api_key", { try ClientGolden.india.announce(to: "9810000001", key: Secret("")) }),
        (
            "destination_number",
            { try ClientGolden.america.place(DigoClickToCall(agent: "1", destination: "9810000001")) }
        ),
        (
            "from_date",
            {
                var filter = DigoRecordFilter()
                filter.from = "2021-03-10"
                return try ClientGolden.india.records(filter)
            }
        ),
        ("page", { try ClientGolden.india.records(DigoRecordFilter(), page: 0) }),
    ]

    @Test("Sends nothing that the platform would refuse", arguments: faults.indices)
    func refused(index: Int) {
        let error = #expect(throws: PlatformRequestError.self) { try Self.faults[index].1() }
        #expect(error?.field == Self.faults[index].0)
    }
}
