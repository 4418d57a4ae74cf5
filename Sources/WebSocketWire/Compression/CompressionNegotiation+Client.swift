// SPDX-License-Identifier: Apache-2.0

extension CompressionNegotiation {
    /// The value of `Sec-WebSocket-Extensions` with which a client offers compression.
    static func offer(_ wanted: CompressionConfiguration) -> String {
        var offer = name
        if wanted.serverNoContextTakeover { offer += "; server_no_context_takeover" }
        if wanted.clientNoContextTakeover { offer += "; client_no_context_takeover" }
        if wanted.serverMaxWindowBits < 15 { offer += "; server_max_window_bits=\(wanted.serverMaxWindowBits)" }
        offer += "; client_max_window_bits"
        if wanted.clientMaxWindowBits < 15 { offer += "=\(wanted.clientMaxWindowBits)" }
        return offer
    }

    /// What a server's answer to ``offer(_:)`` means.
    ///
    /// - Returns: `nil` when the answer is not one to this offer.
    static func parameters(
        answering answer: ExtensionOffer,
        wanted: CompressionConfiguration
    ) -> CompressionParameters? {
        guard answer.name == name, let given = CompressionRequest(answer.parameters, isResponse: true) else {
            return nil
        }
        if wanted.serverNoContextTakeover, !given.serverNoContextTakeover { return nil }
        if wanted.serverMaxWindowBits < 15 {
            guard let bits = given.serverMaxWindowBits, bits <= wanted.serverMaxWindowBits else { return nil }
        }
        let clientBits = (given.clientMaxWindowBits ?? nil) ?? 15
        // 8 is permitted to the server, and impossible for zlib's raw deflate here.
        guard clientBits > 8 else { return nil }
        return CompressionParameters(
            serverNoContextTakeover: given.serverNoContextTakeover,
            clientNoContextTakeover: given.clientNoContextTakeover || wanted.clientNoContextTakeover,
            serverMaxWindowBits: given.serverMaxWindowBits ?? 15,
            clientMaxWindowBits: min(clientBits, wanted.clientMaxWindowBits)
        )
    }
}
