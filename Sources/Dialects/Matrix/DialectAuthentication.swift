// SPDX-License-Identifier: Apache-2.0

/// A way in which a platform can show who it is, by the key of a route's `authentication`.
package enum DialectAuthentication: String, Sendable, CaseIterable {
    /// `Authorization: Bearer …`.
    case bearer
    /// A header of the customer's or of the platform's.
    case headers
    /// HTTP Basic.
    case basic
    /// A token in the query of the URL.
    case queryToken = "query_token"
    /// `X-Twilio-Signature`.
    case twilioSignature = "twilio_signature"
    /// `X-Plivo-Signature-V3`.
    case plivoSignature = "plivo_signature"
    /// An HTTP message signature as Genesys Cloud makes it.
    case genesysSignature = "genesys_signature"
    /// A token behind the path, where each call can be given a URL of its own.
    case pathToken = "path_token"
    /// The addresses that the platform calls from, where it publishes them.
    case addresses
    /// A certificate of the platform's.
    case clientCertificate = "client_certificate"
}
