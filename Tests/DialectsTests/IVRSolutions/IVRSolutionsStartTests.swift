// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

@Suite struct IVRSolutionsStartTests {
    @Test(arguments: [
        #"{"event":"start","stream_sid":"s1","start":{"call_sid":"c1"}}"#,
        #"{"event":"start","start":{"stream_sid":"s1","call_sid":"c1"}}"#,
        #"{"event":"start","start":{"streamSid":"s1","callSid":"c1"}}"#,
        #"{"event":"start","streamSid":"s1","callSid":"c1"}"#,
        #"{"event":"start","stream_id":"s1","call_id":"c1"}"#,
        #"{"event":"start","streamId":"s1","callId":"c1"}"#,
        #"{"type":"session.start","sessionId":"s1","call_id":"c1"}"#,
        #"{"type":"session.created","session_id":"s1","callId":"c1"}"#,
        #"{"type":"SESSION.START","session":{"session_id":"s1"},"callId":"c1"}"#,
        #"{"event":"start","stream_sid":"outer","call_sid":"outer","start":{"stream_sid":"s1","call_sid":"c1"}}"#,
        #"{"event":"start","stream_sid":"s1","call_sid":"c1","start":{"stream_sid":"","call_sid":null}}"#,
        #"{"event":"start","stream_sid":"s1","stream_id":"other","call_sid":"c1","start":5}"#,
        #"{"start":{"call_sid":"c1"},"stream_sid":"s1","Event":"Start"}"#,
    ])
    func idsAreFoundByAllTheirNames(text: String) throws {
        var call = Reading()
        let start = try #require(try call.start(text))
        #expect(start.streamID == "s1")
        #expect(start.callID == CallID("c1"))
        #expect(!start.hasMadeUpID)
        #expect(start.platform == "ivr-solutions")
        #expect(start.parameters.isEmpty)
    }

    @Test func idsAreTextWhateverTheyLookLike() throws {
        var call = Reading()
        let start = try #require(try call.start(#"{"event":"start","stream_sid":1790000000.410,"call_sid":7}"#))
        #expect(start.streamID == "1790000000.410")
        #expect(start.callID == CallID("7"))
    }

    @Test func idsAreCutAt128Bytes() throws {
        var call = Reading()
        let long = String(repeating: "x", count: 127)
        let start = try #require(try call.start(#"{"event":"start","stream_sid":"\#(long)é","call_sid":"\#(long)yz"}"#))
        #expect(start.streamID == long)
        #expect(start.callID == CallID(long + "y"))
    }

    @Test(arguments: [
        (#"{"event":"start"}"#, "local-00000000000000010000000000000002", "local-00000000000000030000000000000004"),
        (#"{"event":"start","stream_sid":"s1"}"#, "s1", "local-00000000000000010000000000000002"),
        (#"{"event":"start","call_sid":"c1"}"#, "local-00000000000000010000000000000002", "c1"),
        (
            #"{"event":"start","stream_sid":"","call_sid":{}}"#, "local-00000000000000010000000000000002",
            "local-00000000000000030000000000000004"
        ),
    ])
    func missingIDsAreMadeAndFlagged(text: String, stream: String, call: String) throws {
        var reading = Reading()
        let start = try #require(try reading.start(text))
        #expect(start.streamID == stream)
        #expect(start.callID.rawValue == call)
        #expect(start.hasMadeUpID)
    }

    @Test func madeUpIDsDifferFromCallToCall() throws {
        var ids: Set<String> = []
        for _ in 0..<50 {
            var dialect = try Dialect(name: .ivrSolutions)
            guard case .start(let start) = try dialect.event(#"{"event":"start"}"#) else { continue }
            ids.insert(start.streamID)
            ids.insert(start.callID.rawValue)
        }
        #expect(ids.count == 100)
        #expect(ids.allSatisfy { $0.utf8.count == 38 })
    }

    @Test(arguments: [
        #"{"event":"start","start":{"from":"098","to":"180"}}"#,
        #"{"event":"start","from":"098","to":"180"}"#,
        #"{"event":"start","caller":"098","did":"180"}"#,
        #"{"event":"start","start":{"caller":"098"},"did":"180"}"#,
        #"{"event":"start","start":{"from":"098","to":"180"},"from":"1","to":"2"}"#,
        #"{"event":"start","caller":"098","to":180}"#,
    ])
    func numbersAreKeptAsSent(text: String) throws {
        var call = Reading()
        let start = try #require(try call.start(text))
        #expect(start.from == "098")
        #expect(start.to == "180")
    }

    @Test(
        arguments: [("inbound", .inbound), ("Outbound", .outbound), ("sideways", nil)]
            as [(String, CallStart.Direction?)]
    )
    func theDirectionIsReadWhereItIsSent(word: String, direction: CallStart.Direction?) throws {
        var call = Reading()
        #expect(try call.start(#"{"event":"start","start":{"direction":"\#(word)"}}"#)?.direction == direction)
    }

    @Test func numbersAreAlsoWrittenInternationallyWhereACountryIsSet() throws {
        var settings = IVRSolutionsSettings()
        settings.defaultCountry = .india
        var call = Reading(settings)
        let text = #"{"event":"start","stream_sid":"s","call_sid":"c","from":"09810000001","to":"18000000002"}"#
        let start = try #require(try call.start(text))
        #expect(start.from == "09810000001")
        #expect(start.parameters == ["from_normalized": "+919810000001"])
    }

    // MARK: what else came along

    @Test(arguments: ["custom_parameters", "customParameters", "custom_params", "customParams", "metadata"])
    func customParametersAreFlattenedToText(name: String) throws {
        let members =
            #"{"lang":"hi","tier":2,"vip":true,"old":false,"none":null,"empty":"","crm":{"id":"x7","deep":{"n":1.50}},"tags":["a", 1]}"#
        let expected = [
            "lang": "hi",
            "tier": "2",
            "vip": "true",
            "old": "false",
            "empty": "",
            "crm.id": "x7",
            "crm.deep.n": "1.50",
            "tags": #"["a", 1]"#,
        ]
        for text in [
            #"{"event":"start","start":{"\#(name)":\#(members)}}"#, #"{"event":"start","\#(name)":\#(members)}"#,
        ] {
            var call = Reading()
            #expect(try call.start(text)?.parameters == expected)
        }
    }

    @Test(arguments: [
        #"{"event":"start","system_msg":"Be kind.","text":"Hello","sttlanguage_code":"hi-IN"}"#,
        #"{"event":"start","start":{"system_msg":"Be kind.","text":"Hello","sttlanguage_code":"hi-IN"}}"#,
        #"{"event":"start","start":{"systemMsg":"Be kind.","text":"Hello","sttlanguageCode":"hi-IN"}}"#,
        #"{"event":"start","custom_parameters":{"system_msg":"Be kind.","text":"Hello","sttlanguage_code":"hi-IN"}}"#,
        #"{"event":"start","system_msg":"Be kind.","custom_parameters":{"system_msg":"x","text":"Hello"},"metadata":{"text":"y","sttlanguage_code":"hi-IN"}}"#,
    ])
    func theDialOutFieldsAreFound(text: String) throws {
        var call = Reading()
        let start = try #require(try call.start(text))
        #expect(start.systemMessage == "Be kind.")
        #expect(start.openingLine == "Hello")
        #expect(start.language == "hi-IN")
        #expect(start.parameters.count == 3)
    }

    @Test func aTemplatesOwnFieldsAreKept() throws {
        var call = Reading()
        let start = try #require(
            try call.start(
                #"{"type":"session.start","from":"1","sessionId":"s","tenant":"acme","start":{"account_sid":"a1","tenant":"inner"},"list":[1],"n":null}"#
            )
        )
        #expect(start.parameters == ["tenant": "inner", "account_sid": "a1"])
    }

    @Test func parametersThatAreNoObjectAreKeptUnderTheirName() throws {
        var call = Reading()
        let start = try #require(try call.start(#"{"event":"start","custom_params":"a=b&c=d","metadata":["x"]}"#))
        #expect(start.parameters == ["custom_params": "a=b&c=d", "metadata": #"["x"]"#])
    }

    @Test func parametersAreHeldWithinBounds() throws {
        var call = Reading()
        let many = (0..<200).map { #""k\#($0)":"v""# }.joined(separator: ",")
        #expect(try call.start(#"{"event":"start","metadata":{\#(many)}}"#)?.parameters.count == 64)
        let name = String(repeating: "n", count: 200)
        let value = String(repeating: "v", count: 40_000)
        let start = try #require(try call.start(#"{"event":"start","metadata":{"\#(name)":"\#(value)"}}"#))
        #expect(start.parameters == [String(name.prefix(128)): String(value.prefix(32_768))])
    }

    /// Names are put together within bounds, however long their parts and however many there are.
    @Test func longNamesOfManyMembersStayShort() throws {
        var call = Reading()
        let key = String(repeating: "k", count: 100_000)
        let many = (0..<4_000).map { #""\#($0)":1"# }.joined(separator: ",")
        let start = try #require(try call.start(#"{"event":"start","metadata":{"\#(key)":{"\#(key)":{\#(many)}}}}"#))
        #expect(start.parameters == [String(key.prefix(128)): "1"])
    }

    @Test func aMessageOfVeryManyValuesIsRefused() {
        var call = Reading()
        let many = [String](repeating: "0", count: 9_000).joined(separator: ",")
        #expect(throws: DialectError.self) { try call.event(#"{"event":"start","metadata":[\#(many)]}"#) }
    }
}
