// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// Why something a bot asked of its call did not happen.
public struct CallError: Error, Sendable, Hashable {
    private enum Code: Sendable, Hashable {
        case ended(EndReason)
        case unsupported(what: String, platform: String)
        case invalid(what: String)
        case notDone(why: String)
        case alreadyTransferred
        case alreadyLeaving
        case wrongFormat(expected: AudioFormat, actual: AudioFormat)
    }

    private let code: Code

    /// The call is over.
    package static func ended(_ reason: EndReason) -> CallError { CallError(code: .ended(reason)) }
    /// The platform cannot do what was asked.
    package static func unsupported(_ what: String, platform: String) -> CallError {
        CallError(code: .unsupported(what: what, platform: platform))
    }
    /// What was asked makes no sense as given.
    package static func invalid(_ what: String) -> CallError { CallError(code: .invalid(what: what)) }
    /// The platform did not do what it was asked for; the call goes on.
    package static func notDone(_ why: String) -> CallError { CallError(code: .notDone(why: why)) }
    /// The call was transferred before; a second transfer is not sent.
    package static let alreadyTransferred = CallError(code: .alreadyTransferred)
    /// A hang-up or transfer is under way: nothing more can be said.
    package static let alreadyLeaving = CallError(code: .alreadyLeaving)
    /// Audio of another format than the bot declared.
    package static func wrongFormat(expected: AudioFormat, actual: AudioFormat) -> CallError {
        CallError(code: .wrongFormat(expected: expected, actual: actual))
    }

    /// Why the call ended, when the error is that it is over.
    public var endReason: EndReason? {
        guard case .ended(let reason) = code else { return nil }
        return reason
    }

    /// Whether the platform has no way to do what was asked.
    public var isUnsupported: Bool {
        guard case .unsupported = code else { return false }
        return true
    }

    /// A word of a small set, fit for a metric's label.
    public var shortDescription: String {
        switch code {
        case .ended: "ended"
        case .unsupported: "unsupported"
        case .invalid: "invalid"
        case .notDone: "not_done"
        case .alreadyTransferred: "already_transferred"
        case .alreadyLeaving: "already_leaving"
        case .wrongFormat: "wrong_format"
        }
    }
}

extension CallError: CustomStringConvertible {
    /// What happened and what to do.
    public var description: String {
        switch code {
        case .ended(let reason): "the call is over (\(reason))"
        case .unsupported(let what, let platform):
            "\(platform) cannot \(what): ask the call's capabilities first, or do it through the platform's HTTP API"
        case .invalid(let what): what
        case .notDone(let why): "the platform did not do it, and the call goes on: \(why)"
        case .alreadyTransferred: "the call was transferred already; a call can be transferred once"
        case .alreadyLeaving: "a hang-up or transfer is under way; nothing more can be said on this call"
        case .wrongFormat(let expected, let actual):
            "audio is \(actual) where the bot declared \(expected): convert it, or declare that audioFormat"
        }
    }
}
