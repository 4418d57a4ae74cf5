// SPDX-License-Identifier: Apache-2.0

/// The negotiation of permessage-deflate (RFC 7692 §5 and §7.1).
enum CompressionNegotiation {
    static let name = "permessage-deflate"

    /// A server's answer: the header's value and what it means.
    struct Answer {
        var response: String
        var parameters: CompressionParameters
    }

    /// The answer to the first acceptable offer of a client, or `nil` to decline them all.
    ///
    /// A broken header declines: RFC 6455 §9.1 would allow to fail, which helps nobody on a phone call.
    static func answer(to values: [String], wanted: CompressionConfiguration) -> Answer? {
        guard let offers = ExtensionOffer.parse(values) else { return nil }
        for offer in offers where offer.name == name {
            guard let asked = CompressionRequest(offer.parameters, isResponse: false) else { continue }
            if let answer = answer(to: asked, wanted: wanted) { return answer }
        }
        return nil
    }

    private static func answer(to asked: CompressionRequest, wanted: CompressionConfiguration) -> Answer? {
        var parameters = CompressionParameters()
        var response = name
        if asked.serverNoContextTakeover || wanted.serverNoContextTakeover {
            parameters.serverNoContextTakeover = true
            response += "; server_no_context_takeover"
        }
        if asked.clientNoContextTakeover {
            parameters.clientNoContextTakeover = true
            response += "; client_no_context_takeover"
        }
        if let bits = asked.serverMaxWindowBits {
            // Raw deflate of zlib cannot do a window of 256 bytes: it would silently use 512.
            guard bits > 8 else { return nil }
            parameters.serverMaxWindowBits = min(bits, wanted.serverMaxWindowBits)
            response += "; server_max_window_bits=\(parameters.serverMaxWindowBits)"
        } else if wanted.serverMaxWindowBits < 15 {
            parameters.serverMaxWindowBits = wanted.serverMaxWindowBits
            response += "; server_max_window_bits=\(parameters.serverMaxWindowBits)"
        }
        if let bits = asked.clientMaxWindowBits {
            parameters.clientMaxWindowBits = min(bits ?? 15, wanted.clientMaxWindowBits)
            if bits != nil || parameters.clientMaxWindowBits < 15 {
                response += "; client_max_window_bits=\(parameters.clientMaxWindowBits)"
            }
        }
        return Answer(response: response, parameters: parameters)
    }
}
