// SPDX-License-Identifier: Apache-2.0

/// Why a connection ends (RFC 6455 §7.4 and the IANA registry of close codes).
package struct CloseCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The number, as on the wire.
    package let rawValue: UInt16

    /// Any number, also one that may not be sent; see ``isValidOnWire``.
    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// 1000: the purpose is fulfilled.
    package static let normal = CloseCode(rawValue: 1000)
    /// 1001: the server goes down or the client leaves.
    package static let goingAway = CloseCode(rawValue: 1001)
    /// 1002: the peer broke the protocol.
    package static let protocolError = CloseCode(rawValue: 1002)
    /// 1003: a kind of data that is not taken here.
    package static let unsupportedData = CloseCode(rawValue: 1003)
    /// 1005: the close frame had no code.
    ///
    /// Never on the wire.
    package static let noStatus = CloseCode(rawValue: 1005)
    /// 1006: the connection ended without a close frame.
    ///
    /// Never on the wire.
    package static let abnormal = CloseCode(rawValue: 1006)
    /// 1007: data not consistent with its type, such as text that is not UTF-8.
    package static let invalidPayload = CloseCode(rawValue: 1007)
    /// 1008: a rule of the application was broken.
    package static let policyViolation = CloseCode(rawValue: 1008)
    /// 1009: a message is too big.
    package static let messageTooBig = CloseCode(rawValue: 1009)
    /// 1010: the client needs an extension the server did not agree to.
    package static let mandatoryExtension = CloseCode(rawValue: 1010)
    /// 1011: the server failed.
    package static let internalError = CloseCode(rawValue: 1011)
    /// 1012: the server restarts.
    package static let serviceRestart = CloseCode(rawValue: 1012)
    /// 1013: the server is overloaded; try later.
    package static let tryAgainLater = CloseCode(rawValue: 1013)
    /// 1014: a gateway got a bad answer from upstream.
    package static let badGateway = CloseCode(rawValue: 1014)

    /// Whether a close frame may carry the code: 1000–1003 and 1007–1014 by the registry, 3000–3999 for registered
    /// applications, 4000–4999 for private ones (RFC 6455 §7.4.2).
    package var isValidOnWire: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }

    package var description: String { "\(rawValue)" }
}
