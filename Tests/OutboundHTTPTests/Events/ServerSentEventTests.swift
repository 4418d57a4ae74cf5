// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import Testing

@Suite("Server-sent events") struct ServerSentEventTests {
    typealias Event = ServerSentEvent

    @Test(
        "Streams, however they are cut",
        arguments: [
            // The examples of WHATWG HTML §9.2.6.
            ("data: YHOO\ndata: +2\ndata: 10\n\n", [Event(data: "YHOO\n+2\n10")]),
            (
                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
                [Event(data: "first event"), Event(data: "second event"), Event(data: " third event")]
            ),
            ("data\n\ndata\ndata\n\ndata:", [Event(data: ""), Event(data: "\n")]),
            ("data:test\n\ndata: test\n\n", [Event(data: "test"), Event(data: "test")]),
            ("event: add\ndata: 73857293\n\n", [Event(type: "add", data: "73857293")]),
            ("data: a\r\n\r\ndata: b\r\rdata: c\n\n", [Event(data: "a"), Event(data: "b"), Event(data: "c")]),
            ("\u{FEFF}data: x\n\n", [Event(data: "x")]),
            ("event: empty\n\nretry: 10\nnonsense\ndata: é😀\n\n", [Event(data: "é😀")]),
            ("data: cut off", []),
        ]
    )
    func streams(text: String, expected: [Event]) {
        let bytes = Array(text.utf8)
        for length in [1, 2, 3, 7, bytes.count] {
            var parser = ServerSentEventParser()
            var events: [Event] = []
            for start in stride(from: 0, to: bytes.count, by: length) {
                events += parser.parse(Array(bytes[start..<min(bytes.count, start + length)]))
            }
            #expect(events == expected, "pieces of \(length)")
        }
    }

    @Test("An event that is too large is dropped and counted, and the next one is read")
    func tooLarge() {
        var parser = ServerSentEventParser(maximumEvent: 10)
        let events = parser.parse(Array("data: 12345\n\ndata: 1\n\ndata:1\ndata:2\n\n".utf8))
        #expect(events == [Event(data: "1")])
        #expect(parser.dropped == 2)
    }
}
