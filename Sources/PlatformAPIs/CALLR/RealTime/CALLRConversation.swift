// SPDX-License-Identifier: Apache-2.0

internal import Dialects

/// One call's exchange of requests and answers, without clock and network.
///
/// The platform asks, and does what the answer says; then it asks again with the answer's `command_id`. So at most one
/// question is open. One that comes twice gets the same answer twice, and one with an id that nobody waits for is answered
/// with a short wait, after which the platform is told once more what to do.
struct CALLRConversation {
    /// What to do with a request.
    enum Reception: Equatable {
        /// Keep it until there is an answer.
        case hold
        /// Answer it.
        case answer(CALLRResponse)
        /// Answer it; nobody waited for its id.
        case stray(CALLRResponse)
        /// Give this to the program, and keep the request until there is an answer.
        case deliver(CALLRResult)
    }

    /// What tells one request of a call from another.
    private struct Question: Equatable {
        var commandID: String?
        var status: CALLRRequest.Status
    }

    private struct NamedCommand {
        var id: String
        var command: CALLRCommand
    }

    /// Waits that may be out at a time; each is the answer to another request of no use.
    static let maximumWaits = 16

    private var question: Question?
    /// What the question was answered with; nil while it is open.
    private var answer: CALLRResponse?
    private var variables: [String: JSONValue] = [:]
    /// The command whose result is to come.
    private var out: NamedCommand?
    /// A command for the next question.
    private var ready: NamedCommand?
    /// Ids of waits that were answered and have not come back.
    private var waits: Set<String> = []
    private var count = 0
    private let prefix: String

    /// A call's exchange; the prefix makes its command ids unlike those of every other call.
    init(prefix: String) { self.prefix = prefix }

    /// Takes a request of a call that is not over.
    mutating func receive(_ request: CALLRRequest) -> Reception {
        let asked = Question(commandID: request.commandID, status: request.status)
        if asked == question { return answer.map(Reception.answer) ?? .hold }
        if let out, out.id == request.commandID {
            self.out = nil
            open(asked, request)
            return .deliver(CALLRResult(text: request.result, error: request.error))
        }
        let isExpected = request.commandID.map { waits.remove($0) != nil } ?? (question == nil)
        guard isExpected else {
            variables = request.variables
            return .stray(waitResponse())
        }
        open(asked, request)
        // A command that came too late for the question before, or one whose answer did not arrive.
        if let command = ready ?? out { return .answer(send(command)) }
        return .hold
    }

    /// Takes the program's next command; the answer to the open question, or nil when none is open and the command waits for
    /// the next.
    mutating func issue(_ command: CALLRCommand) -> CALLRResponse? {
        let named = NamedCommand(id: nextID(), command: command)
        guard question != nil, answer == nil else {
            ready = named
            return nil
        }
        return send(named)
    }

    /// Answers the open question with a wait, for its time is up; nil when it was answered.
    mutating func postpone() -> CALLRResponse? {
        guard question != nil, answer == nil else { return nil }
        let response = waitResponse()
        answer = response
        return response
    }

    private mutating func open(_ question: Question, _ request: CALLRRequest) {
        self.question = question
        answer = nil
        variables = request.variables
    }

    private mutating func send(_ command: NamedCommand) -> CALLRResponse {
        let response = CALLRResponse(command.command, commandID: command.id, variables: variables)
        (out, ready, answer) = (command, nil, response)
        return response
    }

    private mutating func waitResponse() -> CALLRResponse {
        // More than these are out only when the platform has lost its way; the oldest would not come back either.
        if waits.count >= Self.maximumWaits { waits.removeAll() }
        let id = nextID()
        waits.insert(id)
        return CALLRResponse(.wait(seconds: 1), commandID: id, variables: variables)
    }

    private mutating func nextID() -> String {
        count += 1
        return "\(prefix)-\(count)"
    }
}
