// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A span as a collector reads it, strictly: what the protocol does not have is an error.
struct ReadSpan: Equatable {
    /// What is wrong with a request.
    struct Fault: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    var traceID: String
    var spanID: String
    var parent: String?
    var name: String
    var kind: Int
    var start: UInt64
    var end: UInt64
    var attributes: [String: String]
    var events: [String]
    var status: Int

    /// The spans of an `ExportTraceServiceRequest` in JSON (OTLP 1.x), with the attributes of its resource.
    static func read(_ body: [UInt8]) throws -> (resource: [String: String], spans: [ReadSpan]) {
        let root = try Members(JSONSerialization.jsonObject(with: Data(body)), "request", ["resourceSpans"])
        var resource: [String: String] = [:]
        var spans: [ReadSpan] = []
        for entry in try root.list("resourceSpans") {
            let entry = try Members(entry, "resourceSpans", ["resource", "scopeSpans", "schemaUrl"])
            resource = try attributes(of: Members(entry.values["resource"] as Any, "resource", ["attributes"]))
            for scoped in try entry.list("scopeSpans") {
                let scoped = try Members(scoped, "scopeSpans", ["scope", "spans", "schemaUrl"])
                let scope = try Members(scoped.values["scope"] as Any, "scope", ["name", "version", "attributes"])
                _ = try scope.text("name")
                spans += try scoped.list("spans").map(ReadSpan.init)
            }
        }
        return (resource, spans)
    }

    private init(_ value: Any) throws {
        let members = try Members(
            value,
            "span",
            [
                "traceId", "spanId", "parentSpanId", "traceState", "name", "kind", "startTimeUnixNano",
                "endTimeUnixNano", "attributes", "droppedAttributesCount", "events", "droppedEventsCount", "links",
                "droppedLinksCount",
                "status", "flags",
            ]
        )
        traceID = try Self.identifier(members.text("traceId"), 32)
        spanID = try Self.identifier(members.text("spanId"), 16)
        parent = try members.values["parentSpanId"].map { _ in try Self.identifier(members.text("parentSpanId"), 16) }
        name = try members.text("name")
        kind = try members.number("kind")
        guard (1...5).contains(kind), !name.isEmpty else { throw Fault("kind or name of \(name)") }
        start = try Self.nanoseconds(members.text("startTimeUnixNano"))
        end = try Self.nanoseconds(members.text("endTimeUnixNano"))
        guard start <= end else { throw Fault("\(name) ends before it begins") }
        attributes = try Self.attributes(of: members)
        events = try (members.values["events"] == nil ? [] : members.list("events")).map { event in
            let event = try Members(event, "event", ["timeUnixNano", "name", "attributes", "droppedAttributesCount"])
            _ = try Self.nanoseconds(event.text("timeUnixNano"))
            _ = try Self.attributes(of: event)
            return try event.text("name")
        }
        status = 0
        if let told = members.values["status"] {
            let told = try Members(told, "status", ["code", "message"])
            status = try told.number("code")
            guard (0...2).contains(status) else { throw Fault("status.code") }
        }
    }

    private static func identifier(_ text: String, _ length: Int) throws -> String {
        let isRight =
            text.utf8.count == length && text.contains { $0 != "0" }
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isRight else { throw Fault("the id \(text)") }
        return text
    }

    private static func nanoseconds(_ text: String) throws -> UInt64 {
        guard let time = UInt64(text), String(time) == text, time > 1_000_000_000_000_000_000 else {
            throw Fault("the time \(text)")
        }
        return time
    }

    private static func attributes(of members: Members) throws -> [String: String] {
        guard members.values["attributes"] != nil else { return [:] }
        var attributes: [String: String] = [:]
        for entry in try members.list("attributes") {
            let entry = try Members(entry, "attribute", ["key", "value"])
            let value = try Members(
                entry.values["value"] as Any,
                "value",
                ["stringValue", "boolValue", "intValue", "doubleValue", "arrayValue"]
            )
            guard value.values.count == 1, let (kind, content) = value.values.first else { throw Fault("value") }
            switch kind {
            case "stringValue": attributes[try entry.text("key")] = try value.text(kind)
            case "intValue":
                guard let number = Int64(try value.text(kind)) else { throw Fault("intValue") }
                attributes[try entry.text("key")] = "\(number)"
            default: attributes[try entry.text("key")] = "\(content)"
            }
        }
        return attributes
    }

    /// A JSON object with no other members than it may have.
    private struct Members {
        let values: [String: Any]

        init(_ value: Any, _ name: String, _ known: Set<String>) throws {
            guard let values = value as? [String: Any] else { throw Fault("\(name) is no object") }
            let unknown = Set(values.keys).subtracting(known)
            guard unknown.isEmpty else { throw Fault("\(name) has \(unknown)") }
            self.values = values
        }

        func list(_ key: String) throws -> [Any] {
            guard let list = values[key] as? [Any] else { throw Fault("\(key) is no list") }
            return list
        }

        func text(_ key: String) throws -> String {
            guard let text = values[key] as? String else { throw Fault("\(key) is no text") }
            return text
        }

        func number(_ key: String) throws -> Int {
            guard let number = values[key] as? NSNumber, values[key] as? String == nil else {
                throw Fault("\(key) is no number")
            }
            return number.intValue
        }
    }
}
