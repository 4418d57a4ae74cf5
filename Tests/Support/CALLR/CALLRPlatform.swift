// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// CALLR's side of one Real-Time call, as its documents say: it asks, does what it is told, and asks again.
///
/// It holds what it is told against the table of commands, wants each answer within 5 s of its clock, and reads and writes
/// JSON by itself.
package struct CALLRPlatform {
    /// How it asks.
    package enum Manner: Sendable, CaseIterable {
        /// Each request once.
        case plain
        /// Each request twice at the same time; both answers must be the same.
        case twice
        /// Before each request all those before it once more, whose answers go nowhere.
        case outOfOrder
    }

    /// A command as it was carried out.
    package struct Carried: Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Its parameters as JSON, names in order.
        package var parameters: String
    }

    /// Sends a request and gives the answer.
    package typealias Post = @Sendable ([UInt8]) async -> (status: Int, body: [UInt8])

    /// What comes of the commands that ask for something, in order: `keys 12`, `keys` for none, `file NAME`, `dial STATUS`,
    /// `error TEXT`, or `leaves` when the caller hangs up instead.
    package var events: [String]
    /// The commands that it carried out, in order; waits are not among them.
    package private(set) var carried: [Carried] = []
    /// How often it was told to wait.
    package private(set) var waitCount = 0
    /// What the server did that the documents do not allow.
    package private(set) var violations: [String] = []
    /// Whether the server ended the call.
    package private(set) var wasHungUp = false

    private let call: String
    private let manner: Manner
    private let clock: HeldClock
    private let post: Post
    private var fields: [String: Any]
    private var sent: [[UInt8]] = []
    private var ids: Set<String> = []

    /// A call.
    ///
    /// - Parameters:
    ///   - call: its `callid`.
    ///   - events: what the caller and the dialled do.
    ///   - manner: how it asks.
    ///   - clock: the time of the server.
    ///   - variables: what is sent along from the first request on.
    ///   - post: sends a request to the server.
    package init(
        call: String = "18446744073709551615",
        _ events: [String] = [],
        manner: Manner = .plain,
        clock: HeldClock = HeldClock(),
        variables: [String: String] = [:],
        post: @escaping Post
    ) {
        self.call = call
        self.events = events
        self.manner = manner
        self.clock = clock
        self.post = post
        fields = [
            "app": "DEADBEEF", "call_status": "INCOMING_CALL", "cdr_field": "", "cli_name": "Ann",
            "cli_number": "+33678912345", "command": NSNull(), "command_error": NSNull(), "command_id": NSNull(),
            "command_result": NSNull(), "date_started": "2024-04-24 00:42:42", "number": "+16469820800",
            "request_hash": NSNull(), "variables": variables, "new_field": ["of": "tomorrow"],
        ]
    }

    /// Runs the call to its end, or until a number of commands was carried out.
    package mutating func run(most: Int = 200) async {
        while !wasHungUp, violations.isEmpty {
            guard carried.count + waitCount < most else { return }
            guard let answer = await ask() else { return }
            guard carryOut(answer) else { break }
        }
        fields["call_status"] = "HANGUP"
        _ = await ask()
    }

    /// Asks once, in its manner.
    private mutating func ask() async -> [String: Any]? {
        let request = body()
        if manner == .outOfOrder { for old in sent { _ = await post(old) } }
        sent.append(request)
        let before = clock.now
        let (post, again) = (post, manner == .twice)
        async let twin = again ? post(request) : nil
        let (status, bytes) = await post(request)
        let second = await twin
        if clock.now - before > .seconds(5) { violations.append("an answer took \(clock.now - before)") }
        if let second, second.status != status || second.body != bytes {
            violations.append("the same request got two answers")
        }
        guard status == 200 else {
            violations.append("status \(status)")
            return nil
        }
        guard let answer = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] else {
            violations.append("no JSON: \(String(decoding: bytes, as: UTF8.self))")
            return nil
        }
        return answer
    }

    private func body() -> [UInt8] {
        // 64 bits without sign, in digits: no number of JSONSerialization in between.
        let data = (try? JSONSerialization.data(withJSONObject: fields, options: .sortedKeys)) ?? Data()
        return Array("{\"callid\": \(call), ".utf8) + Array(data).dropFirst()
    }

    /// Does what an answer says; false when the caller leaves.
    private mutating func carryOut(_ answer: [String: Any]) -> Bool {
        guard let name = answer["command"] as? String, let parameters = answer["params"] as? [String: Any],
            let id = answer["command_id"] as? String, let variables = answer["variables"] as? [String: String],
            answer.count == 4
        else {
            violations.append("no response: \(answer)")
            return false
        }
        violations += CALLRCommandTable.faults(name, parameters)
        if variables != fields["variables"] as? [String: String] { violations.append("variables \(variables)") }
        if !ids.insert(id).inserted { violations.append("the id \(id) twice") }
        fields.merge(["call_status": "UP", "command": name, "command_id": id]) { _, new in new }
        fields["command_result"] = NSNull()
        fields["command_error"] = NSNull()
        guard name != "wait" else {
            waitCount += 1
            clock.advance(by: .seconds(parameters["seconds"] as? Int ?? 0))
            return true
        }
        let json = (try? JSONSerialization.data(withJSONObject: parameters, options: .sortedKeys)) ?? Data()
        carried.append(Carried(name: name, parameters: String(decoding: json, as: UTF8.self)))
        if name == "hangup" { wasHungUp = true }
        return result(of: name)
    }

    private mutating func result(of name: String) -> Bool {
        let asks = ["read", "record", "dialout"].contains(name)
        guard asks else {
            fields["command_result"] = "0"
            return true
        }
        guard !events.isEmpty else {
            violations.append("\(name) was not expected")
            return false
        }
        let event = events.removeFirst()
        let words = event.split(separator: " ", maxSplits: 1).map(String.init)
        let value = words.count > 1 ? words[1] : ""
        switch (words.first, name) {
        case ("keys", "read"), ("file", "record"), ("dial", "dialout"): fields["command_result"] = value
        case ("error", _): fields["command_error"] = value
        case ("leaves", _): return false
        default: violations.append("\(name) came where \(event) was expected")
        }
        return true
    }
}
