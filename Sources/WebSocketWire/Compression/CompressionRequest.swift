// SPDX-License-Identifier: Apache-2.0

/// The four parameters of permessage-deflate as one side wrote them (RFC 7692 §7.1).
struct CompressionRequest: Equatable {
    var serverNoContextTakeover = false
    var clientNoContextTakeover = false
    /// `nil`: not there.
    var serverMaxWindowBits: Int?
    /// `nil`: not there; `.some(nil)`: there without a value, which only an offer may do.
    var clientMaxWindowBits: Int??

    /// Reads parameters.
    ///
    /// - Returns: `nil` for an unknown or repeated parameter, a value where none belongs, or none or a bad one where
    ///   one does: such an element must be declined (§7.1).
    init?(_ parameters: [ExtensionOffer.Parameter], isResponse: Bool) {
        for (index, parameter) in parameters.enumerated() {
            guard !parameters[..<index].contains(where: { $0.name == parameter.name }) else { return nil }
            switch (parameter.name, parameter.value) {
            case ("server_no_context_takeover", nil):
                serverNoContextTakeover = true
            case ("client_no_context_takeover", nil):
                clientNoContextTakeover = true
            case ("server_max_window_bits", let value?):
                guard let bits = Self.windowBits(value) else { return nil }
                serverMaxWindowBits = bits
            case ("client_max_window_bits", let value?):
                guard let bits = Self.windowBits(value) else { return nil }
                clientMaxWindowBits = .some(bits)
            case ("client_max_window_bits", nil) where !isResponse:
                clientMaxWindowBits = .some(nil)
            default:
                return nil
            }
        }
    }

    /// A decimal from 8 to 15 without leading zeros (§7.1.2).
    private static func windowBits(_ value: String) -> Int? {
        (8...15).first { String($0) == value }
    }
}
