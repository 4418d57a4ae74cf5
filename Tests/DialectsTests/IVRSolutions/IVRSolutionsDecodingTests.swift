// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// A row for each spelling that the wire's rules of decoding name.
@Suite struct IVRSolutionsDecodingTests {
    // MARK: names of messages

    @Test(arguments: [
        (#"{"event":"connected"}"#, CallEvent.connected), (#"{"type":"connected"}"#, .connected),
        (#"{"Event":"connected"}"#, .connected), (#"{"event":"CONNECTED"}"#, .connected),
        (#"{"event":"connected","type":"stop"}"#, .connected),
        (#"{"type":"connected","Event":"stop"}"#, .connected),
        (#"{"event":null,"type":"connected"}"#, .connected),
        (#"{"event":7,"Event":"Connected"}"#, .connected),
        (#"{"x":{"event":"stop"},"event":"connected"}"#, .connected),
        (#"{"ev\u0065nt":"conn\u0065cted"}"#, .connected),
        (#" { "event" : "connected" } "#, .connected),
        (#"{"event":"clear"}"#, .cleared),
        (#"{"event":"cleared"}"#, .cleared),
        (#"{"event":"Clear","stream_sid":"1"}"#, .cleared),
        (#"{"event":"stop"}"#, .stop(reason: nil)), (#"{"type":"session.end"}"#, .stop(reason: nil)),
        (#"{"type":"hangup"}"#, .stop(reason: nil)),
        (#"{"event":"stop","stop":{"reason":"stopped"}}"#, .stop(reason: "stopped")),
        (#"{"event":"stop","reason":"callended"}"#, .stop(reason: "callended")),
        (#"{"event":"stop","reason":"outer","stop":{"reason":"inner"}}"#, .stop(reason: "inner")),
        (#"{"event":"stop","reason":"outer","stop":{"reason":""}}"#, .stop(reason: "outer")),
        (#"{"event":"stop","stop":"x","reason":16}"#, .stop(reason: "16")),
        (#"{"event":"mark","mark":{"name":"p7"}}"#, .mark("p7")),
        (#"{"event":"mark","name":"p7"}"#, .mark("p7")),
        (#"{"event":"mark","mark":{"name":7}}"#, .mark("7")),
        (#"{"event":"mark"}"#, .ignored(.incomplete("mark"))),
        (#"{"event":"mark","mark":{"name":null}}"#, .ignored(.incomplete("mark"))),
        (#"{"event":"mark","mark":{"name":"a\"b\u00e9"}}"#, .mark("a\"bé")),
    ])
    func aMessageIsRead(text: String, event: CallEvent) throws {
        var call = Reading()
        #expect(try call.event(text) == event)
    }

    @Test(arguments: [
        (#"{"event":"transcript"}"#, "transcript"),
        (#"{"type":"ping","id":1}"#, "ping"),
        ("{}", ""),
        (#"{"event":1}"#, ""),
        (#"{"event":"","type":"media"}"#, ""),
        (#"{"event":"media2"}"#, "media2"),
        (#"{"Type":"start"}"#, ""),
        (#"{"event":"a\nb"}"#, "a\nb"),
    ])
    func anUnknownNameIsIgnored(text: String, name: String) throws {
        var call = Reading()
        #expect(try call.event(text) == .ignored(.unknownName(name)))
    }

    @Test func anUnknownNameIsCutAt64Bytes() throws {
        var call = Reading()
        let event = try call.event(#"{"event":"\#(String(repeating: "é", count: 1_000))"}"#)
        #expect(event == .ignored(.unknownName(String(repeating: "é", count: 32))))
    }

    // MARK: keys

    @Test(
        arguments: [
            (#"{"event":"dtmf","dtmf":{"digit":"5","duration":"100"}}"#, "5", 100),
            (#"{"event":"dtmf","dtmf":{"digit":5,"duration":100}}"#, "5", 100),
            (##"{"event":"dtmf","digit":"#"}"##, "#", nil),
            (#"{"event":"dtmf","digit":0,"duration":80}"#, "0", 80), (#"{"event":"dtmf","dtmf":"*"}"#, "*", nil),
            (#"{"event":"dtmf","dtmf":"2","duration":"1600"}"#, "2", 1_600),
            (#"{"event":"dtmf","dtmf":9}"#, "9", nil),
            (#"{"type":"DTMF","dtmf":{"digit":"a"}}"#, "A", nil),
            (#"{"event":"dtmf","dtmf":{"digit":"D","duration":""}}"#, "D", nil),
            (#"{"event":"dtmf","dtmf":{"digit":"1","duration":"-5"}}"#, "1", nil),
            (#"{"event":"dtmf","dtmf":{"digit":"1","duration":"12.7"}}"#, "1", 12),
            (#"{"event":"dtmf","dtmf":{"digit":"1","duration":null},"duration":7}"#, "1", 7),
            (#"{"event":"dtmf","dtmf":{"duration":"100"},"digit":"3"}"#, "3", 100),
        ] as [(String, Character, Int?)]
    )
    func aKeyIsRead(text: String, key: Character, milliseconds: Int?) throws {
        var call = Reading()
        let digit = try #require(DTMFDigit(key))
        let duration = milliseconds.map { Duration.milliseconds($0) }
        #expect(try call.event(text) == .digit(digit, duration: duration))
    }

    @Test(arguments: [
        #"{"event":"dtmf"}"#,
        #"{"event":"dtmf","dtmf":{}}"#,
        #"{"event":"dtmf","dtmf":""}"#,
        #"{"event":"dtmf","digit":"12"}"#,
        #"{"event":"dtmf","digit":12}"#, #"{"event":"dtmf","digit":-1}"#, #"{"event":"dtmf","digit":"E"}"#,
        #"{"event":"dtmf","dtmf":{"digit":null}}"#,
        #"{"event":"dtmf","dtmf":["5"]}"#,
        #"{"event":"dtmf","digit":true}"#,
        #"{"event":"dtmf","digit":"٣"}"#, #"{"event":"dtmf","digit":" 5"}"#,
    ])
    func whatIsNoKeyIsIgnored(text: String) throws {
        var call = Reading()
        #expect(try call.event(text) == .ignored(.incomplete("dtmf")))
    }

    // MARK: what is no message

    @Test(arguments: [
        "", "hello", "{", #"{"event":"media""#, "\u{FEFF}{}", #"{"event":'media'}"#, "{\"event\":\"a\nb\"}",
    ])
    func whatIsNotJSONCounts(text: String) {
        var call = Reading()
        do {
            _ = try call.dialect.event(text)
            Issue.record("took garbage")
        } catch {
            #expect(error.shortDescription == "not_json")
            #expect(error.countsAsNotJSON)
            #expect(!error.closesCall)
        }
    }

    @Test(arguments: ["[]", "null", "1", #""media""#, "true", #"[{"event":"connected"}]"#])
    func whatIsNoObjectCounts(text: String) {
        var call = Reading()
        do {
            _ = try call.dialect.event(text)
            Issue.record("took \(text)")
        } catch {
            #expect(error == .notAnObject)
            #expect(error.countsAsNotJSON)
            #expect(!error.closesCall)
        }
    }

    @Test func aCallGoesOnAfterEachFault() throws {
        var call = Reading()
        #expect(throws: DialectError.self) { try call.event("{") }
        #expect(throws: DialectError.self) { try call.event(bytes: [0xFF, 0xFE]) }
        #expect(throws: DialectError.self) { try call.event(#"{"event":"media","payload":"*"}"#) }
        #expect(try call.event(#"{"event":"media","payload":"AQID"}"#) == .media(MediaHeader()))
        #expect(call.media == [1, 2, 3])
    }
}
