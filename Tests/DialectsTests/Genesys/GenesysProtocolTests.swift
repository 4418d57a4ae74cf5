// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// What breaks the platform's protocol ends the call, and the platform is told why.
@Suite struct GenesysProtocolTests {
    static let breaches: [(String, String)] = [
        (#"{"version":"1","id":"6d0f","type":"ping","seq":2,"parameters":{}}"#, "version is \"1\" and must be \"2\""),
        (#"{"version":"2","type":"ping","seq":2,"parameters":{}}"#, "id is missing"),
        (#"{"version":"2","id":"7e1a","type":"ping","seq":2,"parameters":{}}"#, "id is another session's"),
        (#"{"version":"2","id":"6d0f","type":"ping","seq":1,"parameters":{}}"#, "seq of ping must be 2"),
        (#"{"version":"2","id":"6d0f","type":"ping","seq":3,"parameters":{}}"#, "seq of ping must be 2"),
        (#"{"version":"2","id":"6d0f","type":"ping","seq":2.5,"parameters":{}}"#, "seq of ping must be 2"),
        (#"{"version":"2","id":"6d0f","type":"ping","parameters":{}}"#, "seq of ping must be 2"),
        (#"{"version":"2","id":"6d0f","type":"open","seq":2,"parameters":{}}"#, "open came twice"),
    ]

    @Test(arguments: breaches)
    func aBreachIsAnsweredByTheEnd(message: String, problem: String) throws {
        var call = try GenesysGoldenTests.opened()
        #expect(throws: DialectError.brokenProtocol(problem)) { try call.event(message) }
        let replies = call.replies()
        #expect(replies.count == 1)
        #expect(replies.first?.contains(#""type":"disconnect","seq":2,"#) == true)
        #expect(replies.first?.contains(#""parameters":{"reason":"error","info":""#) == true)
    }

    @Test func nothingComesBeforeOpen() throws {
        var call = try DialectCall(.genesys)
        #expect(throws: DialectError.brokenProtocol("ping came before open")) {
            try call.event(GenesysGoldenTests.message("ping", 1))
        }
    }

    @Test func theSessionIsThatOfTheHandshake() throws {
        let other = OpeningHandshake(headers: [("Audiohook-Session-Id", "7e1a")])
        var stranger = try DialectCall(.genesys, handshake: other)
        #expect(throws: DialectError.brokenProtocol("id is another session's")) {
            try stranger.event(GenesysGoldenTests.open)
        }
        let same = OpeningHandshake(headers: [("audiohook-session-id", "6d0f")])
        var call = try DialectCall(.genesys, handshake: same)
        #expect(try call.start(GenesysGoldenTests.open)?.streamID == "6d0f")
    }

    static func open(offering media: String) -> String {
        #"{"version":"2","id":"6d0f","type":"open","seq":1,"serverseq":0,"position":"PT0S","parameters":{"conversationId":"b2","media":\#(media)}}"#
    }

    static let caller = #"{"type":"audio","format":"PCMU","channels":["external"],"rate":8000}"#
    static let both = #"{"type":"audio","format":"PCMU","channels":["external","internal"],"rate":8000}"#
    static let agent = #"{"type":"audio","format":"PCMU","channels":["internal"],"rate":8000}"#
    static let linear = #"{"type":"audio","format":"L16","channels":["external"],"rate":8000}"#

    @Test(arguments: [
        ("[\(both),\(caller),\(agent)]", "pcmu", caller), ("[\(linear),\(both)]", "pcmu", both),
        ("[\(caller),\(linear)]", "l16", linear), ("[\(agent),\(linear)]", "pcmu", linear), ("[\(both)]", "l16", both),
    ])
    func theOfferThatSuitsBestIsTaken(offers: String, wanted: String, taken: String) throws {
        var call = try DialectCall(.genesys, ["encoding": .text(wanted)])
        let start = try #require(try call.start(Self.open(offering: offers)))
        #expect(start.format == (taken == Self.linear ? .linear8kHz : .muLaw8kHz))
        #expect(call.replies().first?.contains(#""media":[\#(taken)]"#) == true)
    }

    @Test func ofTwoPartiesTheCallerIsHeard() throws {
        var call = try DialectCall(.genesys)
        _ = try call.event(Self.open(offering: "[\(Self.both)]"))
        _ = try call.event(binary: [1, 101, 2, 102, 3, 103, 4])
        #expect(call.media == [1, 2, 3])
    }

    @Test(arguments: [
        "[]", "{}", "null", "[\(agent)]", #"[{"type":"audio","format":"opus","channels":["external"],"rate":8000}]"#,
        #"[{"type":"audio","format":"PCMU","channels":["external"],"rate":16000}]"#,
        #"[{"type":"video","format":"PCMU","channels":["external"],"rate":8000}]"#,
    ])
    func withoutAnOfferThatCanBeTakenTheCallEnds(offers: String) throws {
        var call = try DialectCall(.genesys)
        #expect(throws: DialectError.unsupportedFormat(field: "media", value: offers)) {
            try call.event(Self.open(offering: offers))
        }
        #expect(call.replies().first?.contains(#""type":"disconnect""#) == true)
        #expect(
            try call.event(GenesysGoldenTests.message("close", 2, #"{"reason":"error"}"#)) == .stop(reason: "error")
        )
        #expect(call.replies().first?.contains(#""type":"closed""#) == true)
    }

    @Test func aComplaintIsKept() throws {
        var call = try GenesysGoldenTests.opened()
        let error = GenesysGoldenTests.message("error", 2, #"{"code":429,"message":"rate limit","retryAfter":"PT3S"}"#)
        #expect(try call.event(error) == .ignored(.complaint("429 rate limit")))
    }

    @Test func answersThatNobodyTakesDoNotPileUp() throws {
        var call = try GenesysGoldenTests.opened()
        for number in 2..<200 { _ = try call.event(GenesysGoldenTests.message("ping", number)) }
        #expect(call.replies().count == 16)
    }
}
