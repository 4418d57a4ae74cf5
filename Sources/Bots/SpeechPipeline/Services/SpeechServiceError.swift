// SPDX-License-Identifier: Apache-2.0

/// Why a service did not recognize, answer or speak.
public struct SpeechServiceError: Error, Sendable, Equatable, CustomStringConvertible {
    enum Code: Sendable, Equatable {
        case refusedKey(Int)
        case tooMany(String)
        case status(Int, String)
        case notAStream(String)
        case notAudio(String)
        case notJSON
        case fault(String)
        case brokenOff
        case unknownTool(String)
        case unknownDestination(String)
        case rate(Int)
    }

    let code: Code

    init(_ code: Code) { self.code = code }

    /// One word of a small set, for metrics.
    public var shortDescription: String {
        switch code {
        case .refusedKey: "refused_key"
        case .tooMany: "too_many"
        case .status: "status"
        case .notAStream, .notAudio, .notJSON, .rate: "answer"
        case .fault: "fault"
        case .brokenOff: "broken_off"
        case .unknownTool, .unknownDestination: "tool"
        }
    }

    /// What happened and what to do; what the service says itself is cut to 160 bytes, and never holds the key.
    public var description: String {
        switch code {
        case .refusedKey(let status):
            "the service refuses the key (status \(status)): give it another, or an account with funds"
        case .tooMany(let words): "the service takes no more requests at present (status 429): \(words)"
        case .status(let status, let words): "the service answered with status \(status): \(words)"
        case .notAStream(let type): "the service answers with '\(type)' and not piece by piece: it must take `stream`"
        case .notAudio(let type):
            "the service answers with '\(type)' and not with sound: it must take `pcm` or send WAV"
        case .notJSON: "the service's answer is not the JSON that it must be"
        case .fault(let words): "the service failed while it answered: \(words)"
        case .brokenOff: "the service's answer broke off"
        case .unknownTool(let name): "the model called a tool that it was not given: '\(name)'"
        case .unknownDestination(let name): "the model transfers to '\(name)', which it was not told of"
        case .rate(let rate): "a call cannot take speech of \(rate) Hz"
        }
    }
}
