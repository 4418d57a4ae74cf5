// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import HTTPTypes
import Hummingbird
import VoiceBridge

/// Why something was not done: a status, a word for programs and a sentence for people.
struct AdminFault: Error, Sendable, Equatable {
    var status: HTTPResponse.Status
    var code: String
    var message: String

    init(_ status: HTTPResponse.Status, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// Nothing is answered there.
    static let unknownPath = AdminFault(
        .notFound,
        "unknown_path",
        "nothing has this path, or not with this method; the API is described in deploy/openapi.yaml"
    )

    /// No call of that id is up.
    static let unknownCall = AdminFault(.notFound, "unknown_call", "no call of this id is up; see /v1/calls")

    /// The call's event loop has too much to do.
    static let late = AdminFault(
        .serviceUnavailable,
        "late",
        "the call's event loop did not come to it in time; it was not done and will not be: try again"
    )

    /// What a call refused.
    init(_ error: CallError) {
        let status: HTTPResponse.Status =
            switch error.shortDescription {
            case "unsupported", "invalid", "wrong_format": .unprocessableContent
            case "not_done": .badGateway
            default: .conflict
            }
        self.init(status, error.shortDescription, error.description)
    }
}
