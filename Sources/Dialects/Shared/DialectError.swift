// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// Why a dialect could not read a message, or will not write a command.
///
/// It carries what is needed to act on it and never a telephone number, a key or audio.
package struct DialectError: Error, Equatable {
    /// The kinds of fault; a private code, so that more can be told apart later.
    enum Code: Equatable {
        case notJSON(JSONSyntaxError)
        case notAnObject
        case badBase64(Base64Error)
        case unsupportedFormat(field: String, value: String)
        case wrongPlatform(DialectName, looksLike: DialectName)
        case brokenProtocol(String)
        case notStarted
        case notCarried(TransferTarget.Kind)
        case digitsNotCarried
        case badTarget(TransferTarget.Kind, problem: String)
        case badMark(String)
        case badOption(name: String, problem: String)
    }

    let code: Code

    init(_ code: Code) { self.code = code }

    /// A text message that is not JSON.
    package static func notJSON(_ error: JSONSyntaxError) -> Self { Self(.notJSON(error)) }
    /// A text message that is JSON but no object.
    package static var notAnObject: Self { Self(.notAnObject) }
    /// Audio that is not base64.
    package static func badBase64(_ error: Base64Error) -> Self { Self(.badBase64(error)) }
    /// A `start` whose audio this server cannot take; the value is cut at 64 bytes.
    package static func unsupportedFormat(field: String, value: String) -> Self {
        Self(.unsupportedFormat(field: field, value: value.prefixed(toBytes: 64)))
    }
    /// A `start` of another platform than the route's.
    package static func wrongPlatform(_ dialect: DialectName, looksLike other: DialectName) -> Self {
        Self(.wrongPlatform(dialect, looksLike: other))
    }
    /// A message that the platform's protocol does not allow at this point; what is wrong with it, in a few words.
    package static func brokenProtocol(_ problem: String) -> Self { Self(.brokenProtocol(problem)) }
    /// A command that needs the stream's id, before the call has started.
    package static var notStarted: Self { Self(.notStarted) }
    /// A kind of transfer that the platform does not carry, or only when an option allows it.
    package static func notCarried(_ kind: TransferTarget.Kind) -> Self { Self(.notCarried(kind)) }
    /// Keys to the caller, which the platform's wire does not carry.
    package static var digitsNotCarried: Self { Self(.digitsNotCarried) }
    /// A target of a transfer that does not have the form it must have.
    package static func badTarget(_ kind: TransferTarget.Kind, problem: String) -> Self {
        Self(.badTarget(kind, problem: problem))
    }
    /// A mark that cannot be sent under its name.
    package static func badMark(_ problem: String) -> Self { Self(.badMark(problem)) }
    /// An option of the dialect that cannot have its value.
    package static func badOption(_ name: String, problem: String) -> Self {
        Self(.badOption(name: name, problem: problem))
    }
}

extension DialectError {
    /// Whether it counts towards the 20 messages in a call that are no JSON object, after which the call is
    /// closed with 1007.
    package var countsAsNotJSON: Bool {
        switch code {
        case .notJSON, .notAnObject: true
        default: false
        }
    }

    /// The WebSocket close code when the call cannot go on (RFC 6455 §7.4.1): 1003 for audio that this server cannot take,
    /// 1008 for a platform on another one's route, 1002 for a broken protocol.
    package var closeCode: UInt16? {
        switch code {
        case .unsupportedFormat: 1003
        case .wrongPlatform: 1008
        case .brokenProtocol: 1002
        default: nil
        }
    }

    /// Whether the call cannot go on; every other fault costs only its message or command.
    package var closesCall: Bool { closeCode != nil }

    /// One word of a small set, fit for a metric's label.
    package var shortDescription: String {
        switch code {
        case .notJSON: "not_json"
        case .notAnObject: "not_an_object"
        case .badBase64: "bad_base64"
        case .unsupportedFormat: "unsupported_format"
        case .wrongPlatform: "wrong_platform"
        case .brokenProtocol: "broken_protocol"
        case .notStarted: "not_started"
        case .notCarried: "transfer_not_carried"
        case .digitsNotCarried: "digits_not_carried"
        case .badTarget: "bad_transfer_target"
        case .badMark: "bad_mark"
        case .badOption: "bad_option"
        }
    }
}
