// SPDX-License-Identifier: Apache-2.0

/// How the simulated platform connects.
public struct SimulatedConnection: Sendable {
    /// A header field of the opening request.
    public struct Header: Sendable, Hashable {
        /// The field's name.
        public let name: String
        /// The field's value.
        public let value: String

        /// A field; nil when the name is no token, or a control character stands in the value.
        public init?(_ name: String, _ value: String) {
            let isToken = !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A }
            guard isToken, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
            self.name = name
            self.value = value
        }

        /// Reads `Name: value`.
        public init?(parsing text: String) {
            guard let colon = text.firstIndex(of: ":") else { return nil }
            let value = text[text.index(after: colon)...].drop { $0 == " " }
            self.init(String(text[..<colon]), String(value))
        }
    }

    /// Fields besides those of the protocol, such as `Authorization`.
    public var headers: [Header] = []
    /// What the opening request is signed with, if it is.
    public var signature: PlatformSignature?
    /// The URL that the platform was given, which is what it signs; `nil` is the one that is called.
    public var signedURL: String?
    /// Whether a `wss` server's certificate and name must be right; switched off only for made certificates.
    public var verifiesServer = true
    /// A PEM file of the authorities to trust instead of the system's.
    public var trustedCertificates: String?
    /// How long connecting may take, TLS and opening handshake each.
    public var timeout = Duration.seconds(10)

    /// A connection that verifies its server and adds nothing.
    public init() {}
}
