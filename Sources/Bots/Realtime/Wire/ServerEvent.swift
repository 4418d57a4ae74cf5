// SPDX-License-Identifier: Apache-2.0

/// What a realtime service says, in our words; both generations of names come to the same.
enum ServerEvent: Sendable, Equatable {
    /// The session is there, with the service's defaults.
    case sessionCreated
    /// The session has what was asked for, or not: the formats in it.
    case sessionUpdated(input: FormatName?, output: FormatName?)
    /// The caller began to speak, for the service.
    case speechStarted
    /// The caller's turn is over, for the service.
    case speechStopped
    /// What the caller said.
    case callerTranscript(String)
    /// An answer begins.
    case responseCreated(String)
    /// More audio of the item that the reader was told of; it lies in the reader.
    case audioContinues
    /// Audio of another item; it lies in the reader.
    case audio(SpokenPart)
    /// All audio of an item has come.
    case audioDone(item: String)
    /// More of what an item says.
    case transcript(item: String, String)
    /// The model calls a function.
    case functionCall(FunctionCall)
    /// An answer is over.
    case responseDone(ResponseOutcome)
    /// Something failed.
    case fault(UpstreamFault)
    /// Of no consequence.
    case ignored
}

/// A format in a server's words.
struct FormatName: Sendable, Equatable {
    var name: String
    var rate: Int64?
}

/// Where audio belongs.
struct SpokenPart: Sendable, Equatable {
    var response: String
    var item: String
    var contentIndex: Int
}

/// A call of a function by the model.
struct FunctionCall: Sendable, Equatable {
    var response: String
    /// Names the call in its answer.
    var id: String
    /// The function's name; empty where it was not told yet.
    var name: String
    /// The arguments as JSON.
    var arguments: String
}

/// How an answer ended.
struct ResponseOutcome: Sendable, Equatable {
    /// How an answer can end.
    enum Status: String, Sendable {
        case completed, cancelled, incomplete, failed
    }

    var id: String
    var status: Status
    /// What failed, where something did.
    var fault: UpstreamFault?
    /// The functions called in it.
    var calls: [FunctionCall] = []
    var inputTokens: Int64 = 0
    var outputTokens: Int64 = 0
}

/// An error in the service's words.
struct UpstreamFault: Sendable, Equatable {
    var type: String
    /// One word, such as `session_expired`; empty when there is none.
    var code: String
    var message: String
    /// The client's event that it is about.
    var eventID: String?
}
