// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Testing
import Yams

@testable import Operations

/// Holds the document of the admin API against what the server answers.
@Suite("Document of the admin API")
struct OpenAPITests {
    private static func document() throws -> [String: Any] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "deploy/openapi.yaml"), encoding: .utf8)
        return try #require(Yams.load(yaml: text) as? [String: Any])
    }

    /// `GET /v1/calls 200` and so on.
    private static func documented() throws -> Set<String> {
        let paths = try #require(try document()["paths"] as? [String: [String: Any]])
        var found: Set<String> = []
        for (path, methods) in paths {
            for (method, operation) in methods where method != "parameters" {
                let operation = try #require(operation as? [String: Any])
                let responses = try #require(operation["responses"] as? [String: Any])
                for status in responses.keys { found.insert("\(method.uppercased()) \(path) \(status)") }
            }
        }
        return found
    }

    @Test("has each path and status that the server answers, and no other")
    func statuses() throws {
        var answered: Set<String> = ["GET /healthz 200", "GET /readyz 200", "GET /readyz 503"]
        for operation in AdminOperation.allCases {
            for status in operation.statuses.union(AdminOperation.statusesOfAll) {
                answered.insert("\(operation.method.rawValue) \(operation.path) \(status)")
            }
        }
        let documented = try Self.documented()
        #expect(documented.subtracting(answered).sorted() == [])
        #expect(answered.subtracting(documented).sorted() == [])
        #expect(answered.count > 80)
    }

    /// The keys of a body as it is written, of a sample that has them all.
    private func keys<Body: Codable>(_ type: Body.Type, _ sample: String) throws -> Set<String> {
        let value = try JSONDecoder().decode(type, from: Data(sample.utf8))
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let written = try JSONSerialization.jsonObject(with: encoder.encode(value))
        return Set(try #require(written as? [String: Any]).keys)
    }

    @Test("has the keys of each body, and no other")
    func bodies() throws {
        let call = #""number":1,"id":"","platform":"","route":"","bot":"","from":"","to":"","direction":"","format":"""#
        let figures = #""durationMs":1,"receivedMs":1,"sentMs":1,"heardMs":1,"queuedMs":1,"underruns":1"#
        let counts = #""interruptions":1,"digits":1,"malformedMessages":1"#
        let target = #""phone":"","phones":[],"strategy":"","extension":"","flow":"","bot":"","sip":"""#
        let found = [
            "Server": try keys(ServerBody.self, #"{"state":"","calls":0,"callsLimit":0,"connections":0}"#),
            "LogLevel": try keys(LogLevelBody.self, #"{"level":""}"#),
            "Call": try keys(CallBody.self, "{\(call),\"began\":1}"),
            "CallList": try keys(CallListBody.self, #"{"calls":[],"total":0,"next":1}"#),
            "CallDetail": try keys(
                CallDetailBody.self,
                "{\"call\":{\(call),\"began\":1},\"leaving\":true,\(figures),\(counts)}"
            ),
            "Outcome": try keys(
                OutcomeBody.self,
                #"{"outcome":"","endedBy":"","reason":"","heardMs":1,"clears":true}"#
            ),
            "HangUp": try keys(HangUpBody.self, #"{"reason":"","endStream":true}"#),
            "Transfer": try keys(TransferBody.self, "{\(target)}"),
            "Play": try keys(PlayBody.self, #"{"file":"","text":"","language":""}"#),
            "Fault": try keys(FaultBody.self, #"{"error":"","message":""}"#),
        ]
        let components = try #require(try Self.document()["components"] as? [String: Any])
        let schemas = try #require(components["schemas"] as? [String: [String: Any]])
        #expect(Set(schemas.keys).subtracting(found.keys) == ["Load", "TenantLoad", "LoopLoad", "Distribution"])
        for (name, keys) in found {
            let properties = try #require(schemas[name]?["properties"] as? [String: Any])
            #expect(keys == Set(properties.keys), "\(name)")
        }
    }
}
