// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeServer

/// Whom `voicebridge check` can be.
enum CheckedPlatform: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Sends `Authorization: Bearer`.
    case bearer
    /// Sends `Authorization: Basic`.
    case basic
    /// Sends a field of another name.
    case header
    /// Puts `token` into the query.
    case queryToken = "query-token"
    /// Signs the URL.
    case twilio
    /// Signs the URL and a nonce.
    case plivo
    /// Signs the request.
    case genesys
    /// Puts a token behind the path.
    case pathToken = "path-token"

    /// The fields that carry what is shown, of which the first stands for all; none when it stands in the URL.
    var fields: [String] {
        switch self {
        case .bearer, .basic: ["Authorization"]
        case .header, .queryToken, .pathToken: []
        case .twilio: [TwilioSignature.field]
        case .plivo: [PlivoSignature.fields[0], PlivoSignature.nonceField]
        case .genesys: GenesysSignature.fields
        }
    }

    /// The key of a route's `authentication`.
    var key: String {
        switch self {
        case .bearer: "bearer"
        case .basic: "basic"
        case .header: "headers"
        case .queryToken: "query_token"
        case .twilio: "twilio_signature"
        case .plivo: "plivo_signature"
        case .genesys: "genesys_signature"
        case .pathToken: "path_token"
        }
    }

    /// Whether what is shown depends on the path.
    var signsPath: Bool { signsURL || self == .pathToken }

    /// Whether what is shown depends on path and query.
    var signsURL: Bool { self == .twilio || self == .plivo || self == .genesys }

    /// Whether it depends on the scheme.
    var signsScheme: Bool { self == .twilio || self == .plivo }
}
