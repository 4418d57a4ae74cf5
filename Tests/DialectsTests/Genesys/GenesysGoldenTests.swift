// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Messages typed from the platform's document, in both directions.
@Suite struct GenesysGoldenTests {
    static let open =
        #"{"version":"2","id":"6d0f","type":"open","seq":1,"serverseq":0,"position":"PT0S","parameters":{"organizationId":"a1","conversationId":"b2","participant":{"id":"c3","ani":"+15550100","aniName":"","dnis":"+15550101"},"media":[{"type":"audio","format":"PCMU","channels":["external"],"rate":8000}],"language":"en-US","inputVariables":{"tier":"gold"}}}"#
    static let opened =
        #"{"version":"2","id":"6d0f","type":"opened","seq":1,"clientseq":1,"parameters":{"startPaused":false,"media":[{"type":"audio","format":"PCMU","channels":["external"],"rate":8000}]}}"#

    /// A call that is open, its answer taken.
    static func opened(_ options: [String: BotOptionValue] = [:]) throws -> DialectCall {
        var call = try DialectCall(.genesys, options)
        _ = try call.event(open)
        _ = call.replies()
        return call
    }

    static func message(_ type: String, _ number: Int, _ parameters: String = "{}") -> String {
        #"{"version":"2","id":"6d0f","type":"\#(type)","seq":\#(number),"serverseq":1,"position":"PT1.5S","parameters":\#(parameters)}"#
    }

    @Test func openBeginsACallAndIsAnswered() throws {
        var call = try DialectCall(.genesys)
        let start = CallStart(
            callID: CallID("b2"),
            streamID: "6d0f",
            platform: "genesys",
            from: "+15550100",
            to: "+15550101",
            format: .muLaw8kHz,
            parameters: [
                "sttlanguage_code": "en-US", "tier": "gold", "organizationId": "a1", "conversationId": "b2",
                "participant.id": "c3", "participant.ani": "+15550100", "participant.aniName": "",
                "participant.dnis": "+15550101",
            ]
        )
        #expect(try call.event(Self.open) == .start(start))
        #expect(call.replies() == [Self.opened])
        #expect(call.replies() == [])
    }

    @Test func aCallRunsToItsEnd() throws {
        var call = try Self.opened()
        #expect(try call.event(Self.message("ping", 2, #"{"rtt":"PT0.02S"}"#)) == .ignored(.acknowledgement))
        #expect(
            call.replies() == [#"{"version":"2","id":"6d0f","type":"pong","seq":2,"clientseq":2,"parameters":{}}"#]
        )
        let five = try #require(DTMFDigit("5"))
        #expect(try call.event(Self.message("dtmf", 3, #"{"digit":"5"}"#)) == .digit(five, duration: nil))
        #expect(try call.event(Self.message("playback_started", 4)) == .ignored(.acknowledgement))
        #expect(
            try call.messages(.clear) == [
                #"{"version":"2","id":"6d0f","type":"event","seq":3,"clientseq":4,"parameters":{"entities":[{"type":"barge_in","data":{}}]}}"#
            ]
        )
        #expect(try call.event(Self.message("update", 5, #"{"language":"hi-IN"}"#)) == .ignored(.acknowledgement))
        #expect(
            call.replies() == [#"{"version":"2","id":"6d0f","type":"updated","seq":4,"clientseq":5,"parameters":{}}"#]
        )
        #expect(
            try call.messages(.hangUp(reason: nil)) == [
                #"{"version":"2","id":"6d0f","type":"disconnect","seq":5,"clientseq":5,"parameters":{"reason":"completed"}}"#
            ]
        )
        #expect(try call.event(Self.message("close", 6, #"{"reason":"disconnect"}"#)) == .stop(reason: "disconnect"))
        #expect(
            call.replies() == [#"{"version":"2","id":"6d0f","type":"closed","seq":6,"clientseq":6,"parameters":{}}"#]
        )
    }

    @Test func theEndIsAskedForOnceAndNothingFollowsIt() throws {
        var call = try Self.opened()
        #expect(try call.messages(.hangUp(reason: nil)).count == 1)
        #expect(try call.messages(.hangUp(reason: nil)) == [])
        _ = try call.event(Self.message("ping", 2))
        #expect(call.replies().count == 1)
        _ = try call.event(Self.message("close", 3, #"{"reason":"disconnect"}"#))
        #expect(call.replies().count == 1)
        _ = try call.event(Self.message("ping", 4))
        #expect(call.replies() == [])
        #expect(try call.messages(.clear) == [])
        #expect(call.message(of: [1]).kind == .none)
    }

    @Test func aTransferSetsTheFlowsVariable() throws {
        var call = try Self.opened(["transfer_variable": .text("next")])
        #expect(call.dialect.capabilities.transfers == [.flow])
        #expect(
            try call.messages(.transfer(.flow("agent"))) == [
                #"{"version":"2","id":"6d0f","type":"disconnect","seq":2,"clientseq":1,"parameters":{"reason":"completed","outputVariables":{"next":"agent"}}}"#
            ]
        )
        #expect(throws: DialectError.notCarried(.phone)) { try call.messages(.transfer(.phone("1"))) }
    }

    @Test func aRefusedCommandUsesUpNoNumber() throws {
        var call = try Self.opened()
        let digits = try #require(DTMFString("1"))
        #expect(throws: DialectError.notCarried(.flow)) { try call.messages(.transfer(.flow("agent"))) }
        #expect(try call.messages(.mark("p")).isEmpty)
        #expect(throws: DialectError.digitsNotCarried) { try call.messages(.digits(digits)) }
        #expect(try call.messages(.clear).first?.contains(#""seq":2,"#) == true)
    }

    @Test func aReasonIsGivenAlong() throws {
        var call = try Self.opened()
        #expect(
            try call.messages(.hangUp(reason: "good \"night\"")) == [
                #"{"version":"2","id":"6d0f","type":"disconnect","seq":2,"clientseq":1,"parameters":{"reason":"completed","info":"good \"night\""}}"#
            ]
        )
    }

    @Test func nothingIsSentBeforeOpen() throws {
        var call = try DialectCall(.genesys)
        #expect(throws: DialectError.notStarted) { try call.messages(.clear) }
        #expect(throws: DialectError.notStarted) { try call.messages(.hangUp(reason: nil)) }
        #expect(call.message(of: [1, 2]).kind == .none)
        #expect(try call.event(binary: [1, 2]) == .ignored(.incomplete("audio before open")))
    }

    @Test func aTestOfTheConnectionBeginsNoCall() throws {
        var call = try DialectCall(.genesys)
        let nobody = "00000000-0000-0000-0000-000000000000"
        let probe = Self.open.replacing("\"b2\"", with: "\"\(nobody)\"").replacing("\"c3\"", with: "\"\(nobody)\"")
        #expect(try call.event(probe) == .ignored(.acknowledgement))
        #expect(call.replies() == [Self.opened])
        #expect(try call.event(Self.message("close", 2, #"{"reason":"end"}"#)) == .stop(reason: "end"))
        #expect(call.replies().count == 1)
    }

    @Test func audioGoesBareInLargePieces() throws {
        var call = try Self.opened()
        #expect(try call.event(binary: [1, 2, 3]) == .media(MediaHeader()))
        #expect(call.media == [1, 2, 3])
        let (kind, message) = call.message(of: [9, 8])
        #expect(kind == .binary)
        #expect(message == [9, 8])
        let framing = try #require(call.dialect.framing(for: .muLaw8kHz))
        #expect(framing.bytesPerFrame == 1_600)
        #expect(framing.maximumBytes == 64_000)
    }
}
