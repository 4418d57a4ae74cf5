// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// One way of one flow of the repository, as a caller takes it with keys and as CALLR tells it.
struct FlowScenario: Sendable, CustomTestStringConvertible {
    /// Where the flow is: a file, or an article whose first block of YAML it is.
    var file: String
    /// Keys at times of a call with audio, as ``ScheduledDigit`` reads them.
    var digits: String
    /// The same as CALLR's results.
    var events: [String]
    /// Answers to the flow's requests, in order.
    var answers: [(status: Int, json: String)] = []
    /// The last step's section.
    var end: String

    var testDescription: String { "\(file) \(events)" }

    static let all = [
        FlowScenario(
            file: "Sources/VoiceBridge/VoiceBridge.docc/Flows.md",
            digits: "7@1.0,1@2.0,4@3.0,7@3.2,1@3.4,1@3.6",
            events: ["keys 7", "keys 1", "keys 4711"],
            answers: [(200, #"{"order": {"state": "sent", "day": "Monday"}}"#)],
            end: "goodbye[0] hangs up"
        ),
        FlowScenario(
            file: "Sources/VoiceBridge/VoiceBridge.docc/Flows.md",
            digits: "0@8.0",
            events: ["keys", "keys 0", "dial ANSWER"],
            end: "desk[1] transfers to a phone"
        ),
        FlowScenario(
            file: "Sources/VoiceBridge/VoiceBridge.docc/Flows.md",
            digits: "1@1.0,9@2.0,9@2.2,9@2.4,9@2.6",
            events: ["keys 1", "keys 9999", "error TIMEOUT", "keys TIMEOUT", "keys", "dial ANSWER"],
            answers: [(404, "")],
            end: "desk[1] transfers to a phone"
        ),
        FlowScenario(
            file: "deploy/flows/appointments.yaml",
            digits: "4@1.0,1@1.2,2@1.4,3@1.6,4@1.8,5@2.0,1@4.0,0@6.0",
            events: ["keys 412345", "keys 1", "keys 0", "dial ANSWER"],
            answers: [
                (200, #"{"booking": {"name": "Ann", "day": "Monday", "time": "10"}}"#),
                (201, #"{"booking": {"day": "Tuesday", "time": "11"}}"#),
            ],
            end: "desk[1] transfers to a phone"
        ),
        FlowScenario(
            file: "deploy/flows/appointments.yaml",
            digits: "1@1.0,1@1.2,2@1.4,3@1.6,4@1.8,5@2.0,7@4.0,1@4.2,2@4.4,3@4.6,4@4.8,5@5.0,2@7.0",
            events: ["keys 112345", "keys 712345", "keys 2", "keys", "keys", "keys"],
            answers: [(200, #"{"booking": {"day": "Monday", "time": "10"}}"#)],
            end: "goodbye[0] hangs up"
        ),
        FlowScenario(
            file: "deploy/flows/receptionist.yaml",
            digits: "5@1.0,9@4.0,1@6.0",
            events: ["keys 5", "keys 9", "keys 1", "dial ANSWER"],
            end: "sales[1] transfers to a phone"
        ),
        FlowScenario(
            file: "deploy/flows/receptionist.yaml",
            digits: "3@1.0,1@14.0",
            events: ["keys 3", "error nobody spoke", "keys 1", "dial ANSWER"],
            end: "sales[1] transfers to a phone"
        ),
    ]

    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The flow as a file of a folder of its own.
    func write(to folder: TemporaryFolder) throws -> String {
        let text = try String(contentsOf: Self.repository.appendingPathComponent(file), encoding: .utf8)
        guard file.hasSuffix(".md") else { return try folder.write("flow.yaml", text) }
        let block = text.components(separatedBy: "```yaml\n")[1].components(separatedBy: "\n```")[0]
        return try folder.write("flow.yaml", block + "\n")
    }
}

/// A folder of one test, gone with it.
final class TemporaryFolder {
    let path = NSTemporaryDirectory() + "/callr-\(UInt64.random(in: 0 ... .max))"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, and gives its path.
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }
}
