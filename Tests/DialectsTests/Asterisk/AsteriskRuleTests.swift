// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// What the route and the dialplan choose, and what Asterisk's wire does not take.
@Suite struct AsteriskRuleTests {
    @Test func theRouteMayChooseTheSpelling() throws {
        var json = try DialectCall(.asterisk, ["control": .text("json")])
        _ = try json.event(AsteriskGoldenTests.words)
        #expect(try json.messages(.clear) == [#"{"command":"FLUSH_MEDIA"}"#])
        var words = try DialectCall(.asterisk, ["control": .text("plain-text")])
        _ = try words.event(AsteriskGoldenTests.json)
        #expect(try words.messages(.clear) == ["FLUSH_MEDIA"])
        #expect(throws: DialectError.badOption("control", problem: "must be one of: auto, json, plain-text")) {
            try DialectCall(.asterisk, ["control": .text("xml")])
        }
    }

    @Test(arguments: ["a b", "a:b", "a\nHANGUP", ""])
    func aMarkThatWordsCannotCarryIsRefused(name: String) throws {
        var call = try DialectCall(.asterisk)
        #expect(throws: DialectError.self) { try call.messages(.mark(name)) }
    }

    @Test func theChannelIsAnsweredWhereTheRouteAsksForIt() throws {
        var call = try DialectCall(.asterisk, ["answer": .flag(true)])
        #expect(call.replies() == [])
        _ = try call.event(AsteriskGoldenTests.json)
        #expect(call.replies() == [#"{"command":"ANSWER"}"#])
        #expect(call.replies() == [])
    }

    @Test func theCallerIsWhoTheDialplanSays() throws {
        let handshake = OpeningHandshake(path: "/v1/asterisk", query: "call_id=1790.0&from=%2B15550100&tier=gold")
        var call = try DialectCall(.asterisk, handshake: handshake)
        let start = try #require(
            try call.start(
                #"{"event":"MEDIA_START","connection_id":"x1","channel_id":"1790.1","format":"alaw","channel_variables":{"to":"204","from":"1","LANG":"hi"}}"#
            )
        )
        #expect(start.callID.rawValue == "1790.0")
        #expect(start.streamID == "x1")
        #expect(start.from == "+15550100")
        #expect(start.to == "204")
        #expect(start.parameters["tier"] == "gold")
        #expect(start.parameters["LANG"] == "hi")
        #expect(start.format == .aLaw8kHz)
    }

    @Test(arguments: ["opus", "g729", "slin12", "slin96", "", "ULAW"])
    func anotherFormatEndsTheCall(format: String) throws {
        var call = try DialectCall(.asterisk)
        #expect(throws: DialectError.unsupportedFormat(field: "format", value: format)) {
            try call.event("MEDIA_START connection_id:x format:\(format)")
        }
    }

    @Test(arguments: ["0", "641", "65501", "-640", "x"])
    func aFrameSizeThatCannotBeEndsTheCall(size: String) throws {
        var call = try DialectCall(.asterisk)
        #expect(throws: DialectError.unsupportedFormat(field: "optimal_frame_size", value: size)) {
            try call.event("MEDIA_START connection_id:x format:slin16 optimal_frame_size:\(size)")
        }
    }

    @Test func audioGoesBareInWholeFrames() throws {
        var call = try DialectCall(.asterisk)
        #expect(try call.event(binary: [1, 2]) == .media(MediaHeader()))
        #expect(call.media == [1, 2])
        _ = try call.event(AsteriskGoldenTests.json)
        let (kind, message) = call.message(of: [5, 6])
        #expect(kind == .binary)
        #expect(message == [5, 6])
        let framing = try #require(call.dialect.framing(for: .linear16kHz))
        #expect(framing.bytesPerFrame == 640)
        #expect(framing.multipleOfBytes == 640)
        #expect(framing.minimumBytes == 640)
        #expect(framing.maximumBytes == 65_280)
    }
}
