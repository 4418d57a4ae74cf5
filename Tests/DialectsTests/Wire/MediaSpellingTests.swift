// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Which spellings of an audio message are read in one pass, and which are left to the general reading.
@Suite struct MediaSpellingTests {
    /// What platforms write, and what comes close to it: these are never left to the general reading.
    @Test(arguments: DialectMessages.calls.map(\.name))
    func whatAPlatformWritesIsScanned(name: DialectName) throws {
        let messages = try #require(DialectMessages.calls.first { $0.name == name }).messages
        let media = messages.filter { $0.contains(#""event":"media""#) }
        #expect(!media.isEmpty)
        for text in media { #expect(ScannedMedia.scan(Array(text.utf8)) != nil, "\(text)") }
    }

    @Test(
        arguments: [
            (#"{"event":"media","media":{"payload":"AQID"}}"#, nil, nil),
            (#" { "media" : { "payload" : "AQID" } , "event" : "media" } "#, nil, nil),
            (#"{"event":"media","media":{"payload":"AQI\/","payload":"AQID"}}"#, nil, nil),
            (#"{"event":"media","media":{"payload":"/w=="},"media":{"payload":"AQID"}}"#, nil, nil),
            (#"{"event":"media","timestamp":5,"media":{"timestamp":"7","payload":"AQID"},"sequenceNumber":"9"}"#, 9, 7),
            (
                #"{"event":"media","sequence_number":1,"media":{"sequenceNumber":2,"sequence_number":3,"payload":"AQID"}}"#,
                3, nil
            ),
            (
                #"{"x":{"event":"stop","a":[{"payload":"AA","media":null}],"b":"\"}{é"},"event":"media","media":{"payload":"AQID"}}"#,
                nil, nil
            ),
            (
                #"{"event":"media","media":{"payload":"AQID","timestamp":999999999999999999}}"#, nil,
                999_999_999_999_999_999
            ),
        ] as [(String, Int?, Int64?)]
    )
    func aSpellingIsTaken(text: String, number: Int?, time: Int64?) {
        let header = MediaHeader(sequenceNumber: number, timestamp: time)
        #expect(ScannedMedia.scan(Array(text.utf8)) == ScannedMedia(header: header, bytes: [1, 2, 3]))
    }

    @Test(arguments: [
        "",
        "{",
        "{}",
        "[]",
        #"{"event":"media"}"#,
        #"{"event":"media","media":{}}"#,
        #"{"event":"media","media":null}"#,
        #"{"event":"Media","media":{"payload":"AQID"}}"#,
        #"{"event":"mark","media":{"payload":"AQID"}}"#,
        #"{"event":"media","media":{"payload":"AQI"}"#,
        #"{"event":"media","media":{"payload":"AQID"}},"#,
        #"{"event":"media","media":{"payload":"AQID"}}{}"#,
        #"{"event":"media","media":{"payload":"A"}}"#,
        #"{"event":"media","media":{"payload":"AQ ID"}}"#,
        #"{"event":"media","media":{"payload":"AQI="}"#,
        #"{"event":"media","media":{"payload":"AQ="}}"#,
        #"{"event":"media","media":{"payload":"AQ=D"}}"#,
        #"{"event":"media","media":{"payload":"AQ\u0049D"}}"#,
        #"{"event":"media","media":{"payload":["AQID"]}}"#,
        #"{"event":"media","media":{"payload":"AQID","track":"outbound"}}"#,
        #"{"event":"media","track":"Outbound_Track","media":{"payload":"AQID"}}"#,
        #"{"event":"media","media":{"payload":"AQID","timestamp":01}}"#,
        #"{"event":"media","media":{"payload":"AQID","timestamp":1.5}}"#,
        #"{"event":"media","media":{"payload":"AQID","timestamp":"1000000000000000000"}}"#,
        #"{"event":"media","media":{"payload":"AQID","x":"\ud800"}}"#,
        #"{"event":"media","media":{"payload":"AQID","x":[1,]}}"#,
        #"{"event":"media","media":{"payload":"AQID","x":9e999}}"#,
        #"{"event":"media","media":{"payload":"AQID","x":[1E5]}}"#,
        #"{"event":"media","media":{"payload":"AQID",}}"#,
        #"{"event":"media","media":{"payload":"AQID"},"x":tru}"#,
        #"{"event":"media","media":{"pay\u006coad":"AQID"}}"#,
    ])
    func theRestIsLeft(text: String) { #expect(ScannedMedia.scan(Array(text.utf8)) == nil) }

    @Test(arguments: [(8_192 - 6, true), (8_192 - 5, false)])
    func moreValuesThanADocumentHoldsAreLeft(count: Int, isTaken: Bool) throws {
        let list = "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]"
        let text = Array((#"{"event":"media","x":"# + list + #","media":{"payload":"AQID"},"y":2}"#).utf8)
        var general = try Dialect(name: .twilio)
        #expect((ScannedMedia.scan(text) != nil) == isTaken)
        #expect((ScannedMedia.read(text, by: &general) != nil) == isTaken)
    }

    @Test(arguments: [(31, true), (32, false)])
    func deeperValuesThanADocumentHoldsAreLeft(depth: Int, isTaken: Bool) throws {
        let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let text = Array((#"{"event":"media","x":"# + nested + #","media":{"payload":"AQID"}}"#).utf8)
        var general = try Dialect(name: .twilio)
        #expect((ScannedMedia.scan(text) != nil) == isTaken)
        #expect((ScannedMedia.read(text, by: &general) != nil) == isTaken)
    }
}
