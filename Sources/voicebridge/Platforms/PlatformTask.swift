// SPDX-License-Identifier: Apache-2.0
import Dialects
import PlatformAPIs

/// What a command asks of a platform: requests, one behind the other, and how their answers are read.
struct PlatformTask: Sendable {
    /// The platform's name in the output and in errors.
    var platform: String
    /// The requests; each is sent when the one before it succeeded.
    var plans: [PlannedRequest]
    /// Members of the result that are known before.
    var members: [String: String] = [:]
    /// Tells what an answer means.
    var read: @Sendable (PlatformAnswer) -> PlatformOutcome

    /// The requests as text for people, or as JSON: one object, a list of several.
    func preview(json: Bool) -> String {
        guard json else { return plans.map(\.preview).joined(separator: "\n\n") + "\n" }
        let values = plans.map(\.previewJSON)
        let whole = values.count == 1 ? values[0] : .array(values)
        return String(decoding: whole.encoded, as: UTF8.self) + "\n"
    }

    /// Sends the requests and gives what the last answer says.
    ///
    /// - Throws: `PlatformCallError`, `CancellationError`.
    func send(_ exchange: PlatformExchange) async throws -> JSONValue? {
        var last: JSONValue?
        for plan in plans { last = try await exchange.json(of: plan, platform, read: read) }
        return last
    }

    /// The result as text for people, or as JSON: the members of the answer that are text, a number or a flag.
    func result(_ answer: JSONValue?, json: Bool) -> String {
        var members = members
        if case .object(let object)? = answer {
            members.merge(object.compactMapValues(\.text)) { known, _ in known }
        }
        guard !json else {
            members["platform"] = platform
            return String(decoding: JSONValue.object(present: members).encoded, as: UTF8.self) + "\n"
        }
        let ids = ["call_id", "logid", "id", "transaction"].compactMap { name in
            members[name].map { "\(name) \(CallStory.printable($0))" }
        }
        let message = CallStory.printable(members["message"] ?? "done")
        return "\(platform): \(message)\(ids.isEmpty ? "" : " (\(ids.joined(separator: ", ")))")\n"
    }
}
