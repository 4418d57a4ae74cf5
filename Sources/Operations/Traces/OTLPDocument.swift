// SPDX-License-Identifier: Apache-2.0
import CallModel
import Dialects
import Tracing

/// Spans as a collector takes them: an `ExportTraceServiceRequest` in JSON (OTLP 1.x, §JSON Protobuf Encoding).
///
/// Ids are hexadecimal, enumerations numbers, and whole numbers of 64 bits texts.
struct OTLPDocument {
    /// Who sends them, such as `service.name`.
    let resource: JSONValue
    /// The program's version.
    let version: String

    /// Documents of one program.
    init(resource: [(key: String, value: String)], version: String) {
        self.resource = .object([
            "attributes": .array(resource.map { Self.attribute($0.key, .object(["stringValue": .string($0.value)])) })
        ])
        self.version = version
    }

    /// A request with these spans, JSON in UTF-8.
    func encoded(_ spans: some Sequence<FinishedSpan>) -> [UInt8] {
        let scope: JSONValue = .object(["name": .string("voicebridge"), "version": .string(version)])
        let scoped: JSONValue = .object(["scope": scope, "spans": .array(spans.map(Self.value))])
        return JSONValue.object([
            "resourceSpans": .array([.object(["resource": resource, "scopeSpans": .array([scoped])])])
        ]).encoded
    }

    private static func value(_ span: FinishedSpan) -> JSONValue {
        var members: [String: JSONValue] = [
            "traceId": .string("\(span.context.traceID)"), "spanId": .string(span.context.spanID.hexadecimal),
            "name": text(span.name), "kind": .number(number(span.kind)), "startTimeUnixNano": .string("\(span.start)"),
            "endTimeUnixNano": .string("\(span.end)"),
        ]
        if let parent = span.parent { members["parentSpanId"] = .string(parent.hexadecimal) }
        if !span.context.state.isEmpty { members["traceState"] = .string(span.context.state) }
        members.merge(attributes(span.attributes)) { $1 }
        if !span.events.isEmpty { members["events"] = .array(span.events.map(value)) }
        if span.dropped.events > 0 { members["droppedEventsCount"] = .number(span.dropped.events) }
        let links = span.links.compactMap(value)
        if !links.isEmpty { members["links"] = .array(links) }
        if span.dropped.links > 0 { members["droppedLinksCount"] = .number(span.dropped.links) }
        if let status = span.status {
            var told: [String: JSONValue] = ["code": .number(status.code == .ok ? 1 : 2)]
            told["message"] = status.message.map(text)
            members["status"] = .object(told)
        }
        return .object(members)
    }

    private static func value(_ event: SpanEvent) -> JSONValue {
        let members: [String: JSONValue] = [
            "timeUnixNano": .string("\(event.nanosecondsSinceEpoch)"), "name": text(event.name),
        ]
        return .object(members.merging(attributes(event.attributes)) { $1 })
    }

    private static func value(_ link: SpanLink) -> JSONValue? {
        guard let place = link.context.trace else { return nil }
        let members: [String: JSONValue] = [
            "traceId": .string("\(place.traceID)"), "spanId": .string(place.spanID.hexadecimal),
        ]
        return .object(members.merging(attributes(link.attributes)) { $1 })
    }

    /// `SpanKind` of `trace.proto`.
    private static func number(_ kind: SpanKind) -> Int {
        switch kind {
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }

    /// A text that is not too long.
    private static func text(_ text: String) -> JSONValue { .string(text.prefixed(toBytes: FinishedSpan.longestText)) }
}

// Attributes.
extension OTLPDocument {
    private static func attributes(_ attributes: SpanAttributes) -> [String: JSONValue] {
        var named: [(key: String, value: JSONValue)] = []
        var dropped = 0
        attributes.forEach { key, attribute in
            guard named.count < FinishedSpan.maximum.attributes, let value = value(attribute) else {
                return dropped += 1
            }
            named.append((key, value))
        }
        var members: [String: JSONValue] = [:]
        let sorted = named.sorted { $0.key < $1.key }
        if !sorted.isEmpty { members["attributes"] = .array(sorted.map { attribute($0.key, $0.value) }) }
        if dropped > 0 { members["droppedAttributesCount"] = .number(dropped) }
        return members
    }

    private static func attribute(_ key: String, _ value: JSONValue) -> JSONValue {
        .object(["key": text(key), "value": value])
    }

    /// `AnyValue` of `common.proto`; nil for what it cannot be.
    private static func value(_ attribute: SpanAttribute) -> JSONValue? {
        switch attribute {
        case .bool(let flag): .object(["boolValue": .flag(flag)])
        case .int32(let number): .object(["intValue": .string("\(number)")])
        case .int64(let number): .object(["intValue": .string("\(number)")])
        case .double(let number): .object(["doubleValue": double(number)])
        case .string(let string): .object(["stringValue": text(string)])
        case .stringConvertible(let described): .object(["stringValue": text("\(described)")])
        case .boolArray(let values): array(values.map { .bool($0) })
        case .int32Array(let values): array(values.map { .int32($0) })
        case .int64Array(let values): array(values.map { .int64($0) })
        case .doubleArray(let values): array(values.map { .double($0) })
        case .stringArray(let values): array(values.map { .string($0) })
        case .stringConvertibleArray(let values): array(values.map { .stringConvertible($0) })
        default: nil
        }
    }

    private static func array(_ values: [SpanAttribute]) -> JSONValue {
        let values = values.prefix(FinishedSpan.maximum.attributes).compactMap(value)
        return .object(["arrayValue": .object(["values": .array(values)])])
    }

    /// Protobuf's JSON has words for what JSON has no numbers for.
    private static func double(_ number: Double) -> JSONValue {
        guard !number.isNaN else { return .string("NaN") }
        guard number.isFinite else { return .string(number < 0 ? "-Infinity" : "Infinity") }
        return .number("\(number)")
    }
}
