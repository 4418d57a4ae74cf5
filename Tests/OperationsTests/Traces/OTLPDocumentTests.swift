// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Tracing

@testable import Operations

@Suite("Spans in JSON")
struct OTLPDocumentTests {
    private static let document = OTLPDocument(resource: [("service.name", "my.service")], version: "1.0.0")

    private static func span(_ change: (inout FinishedSpan) -> Void = { _ in }) -> FinishedSpan {
        let id = TraceID(high: 0x5B8E_FFF7_9803_8103, low: 0xD269_B633_813F_C60C)
        var span = FinishedSpan(
            context: TraceContext(traceID: id, spanID: 0xEEE1_9B7E_C3C1_B174, isSampled: true),
            parent: 0xEEE1_9B7E_C3C1_B173,
            name: "I'm a server span",
            kind: .server,
            start: 1_544_712_660_000_000_000,
            end: 1_544_712_661_000_000_000
        )
        change(&span)
        return span
    }

    private static func text(_ span: FinishedSpan) -> String {
        String(decoding: document.encoded([span]), as: UTF8.self)
    }

    /// The values are those of the example of the protocol's repository (`examples/trace.json`); times are texts and ids
    /// small, as its text on JSON allows.
    @Test("the protocol's example")
    func example() throws {
        let expected = """
            {"resourceSpans": [{
              "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "my.service"}}]},
              "scopeSpans": [{
                "scope": {"name": "voicebridge", "version": "1.0.0"},
                "spans": [{
                  "traceId": "5b8efff798038103d269b633813fc60c",
                  "spanId": "eee19b7ec3c1b174",
                  "parentSpanId": "eee19b7ec3c1b173",
                  "name": "I'm a server span",
                  "startTimeUnixNano": "1544712660000000000",
                  "endTimeUnixNano": "1544712661000000000",
                  "kind": 2,
                  "attributes": [{"key": "my.span.attr", "value": {"stringValue": "some value"}}]
                }]
              }]
            }]}
            """
        let encoded = Self.document.encoded([Self.span { $0.attributes["my.span.attr"] = "some value" }])
        let one = try JSONSerialization.jsonObject(with: Data(encoded))
        let other = try JSONSerialization.jsonObject(with: Data(expected.utf8))
        #expect(one as? NSDictionary == other as? NSDictionary)
        #expect(try ReadSpan.read(encoded).spans.count == 1)
    }

    @Test("values of every kind, an event, a link and a status")
    func values() throws {
        let span = Self.span { span in
            span.attributes = ["a": 42, "b": true, "c": 0.5, "d": .int64Array([1, 2]), "e": .double(.nan)]
            span.events = [SpanEvent(name: "now", at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: 7))]
            var linked = ServiceContext.topLevel
            linked.trace = TraceContext(traceparent: TraceContextTests.example)
            span.links = [SpanLink(context: linked, attributes: [:]), SpanLink(context: .topLevel, attributes: [:])]
            span.status = SpanStatus(code: .error, message: "why")
            span.dropped = (events: 3, links: 4)
        }
        let text = Self.text(span)
        let parts = [
            #"{"key":"a","value":{"intValue":"42"}}"#, #"{"key":"b","value":{"boolValue":true}}"#,
            #"{"key":"c","value":{"doubleValue":0.5}}"#,
            #"{"key":"d","value":{"arrayValue":{"values":[{"intValue":"1"},{"intValue":"2"}]}}}"#,
            #"{"key":"e","value":{"doubleValue":"NaN"}}"#, #""events":[{"name":"now","timeUnixNano":"7"}]"#,
            #""links":[{"spanId":"00f067aa0ba902b7","traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}]"#,
            #""status":{"code":2,"message":"why"}"#, #""droppedEventsCount":3"#, #""droppedLinksCount":4"#,
        ]
        for part in parts { #expect(text.contains(part), "\(part) in \(text)") }
    }

    @Test("what is too much is cut and counted")
    func bounds() throws {
        let span = Self.span { span in
            for number in 0..<100 { span.attributes["key\(number)"] = String(repeating: "ä", count: 1_000) }
            span.name = String(repeating: "n", count: 1_000)
        }
        let text = Self.text(span)
        #expect(text.contains(#""droppedAttributesCount":36"#) && text.utf8.count < 64 * 300 + 2_000)
        #expect(try #require(ReadSpan.read(Array(text.utf8)).spans.first).name.count == 256)
    }

    @Test(
        "the tests' collector refuses what the protocol does not have",
        arguments: [
            (#""kind":2"#, #""kind":"SPAN_KIND_SERVER""#), (#""kind":2"#, #""kind":9"#),
            (#""1544712661000000000""#, "1544712661000000000"), ("1544712661", "1544712659"),
            ("5b8efff7", "5B8EFFF7"), ("eee19b7ec3c1b174", "7uGbfsPBsXQ="), (#""name":"I'm"#, #""label":"I'm"#),
            (#""stringValue":"some"#, #""string":"some"#), ("eee19b7ec3c1b174", "0000000000000000"),
        ]
    )
    func plantedFaults(_ right: String, _ wrong: String) throws {
        let text = Self.text(Self.span { $0.attributes["my.span.attr"] = "some value" })
        let broken = text.replacing(right, with: wrong)
        #expect(broken != text)
        #expect(throws: (any Error).self) { try ReadSpan.read(Array(broken.utf8)) }
    }
}
