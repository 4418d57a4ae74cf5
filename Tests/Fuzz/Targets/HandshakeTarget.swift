// SPDX-License-Identifier: Apache-2.0
import WebSocketWire

extension FuzzTarget {
    /// The opening handshake of both sides: a request line and header lines as text.
    static let handshake = FuzzTarget(name: "handshake") { input in
        var lines = String(decoding: input, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let words = lines.removeFirst().split(separator: " ", omittingEmptySubsequences: false)
        var headers = HandshakeHeaders()
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            headers.append(String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : "")
        }
        let request = OpeningRequest(
            method: String(words.first ?? ""),
            target: words.count > 1 ? String(words[1]) : "",
            minorVersion: words.count > 2 ? Int(words[2]) ?? 1 : 1,
            headers: headers
        )
        let configuration = HandshakeConfiguration(
            subprotocols: ["chat"],
            compression: CompressionConfiguration(serverMaxWindowBits: 12)
        )
        let fault = faultOfServer(ServerHandshake.evaluate(request, configuration: configuration), headers)
        return fault ?? faultOfClient(headers)
    }

    private static func faultOfServer(_ decision: HandshakeDecision, _ headers: HandshakeHeaders) -> String? {
        switch decision {
        case .refuse(let refusal):
            return (400...599).contains(refusal.status) ? nil : "refused with status \(refusal.status)"
        case .accept(let accepted):
            guard headers.values("Host").count == 1, headers["Sec-WebSocket-Version"] == "13",
                headers.values("Transfer-Encoding").isEmpty, headers["Sec-WebSocket-Key"]?.utf8.count == 24
            else { return "accepted what the protocol forbids" }
            if let compression = accepted.compression {
                guard (9...12).contains(compression.serverMaxWindowBits),
                    (8...15).contains(compression.clientMaxWindowBits)
                else { return "agreed on impossible windows: \(compression)" }
                // A client has to understand what the server wrote.
                guard let offers = ExtensionOffer.parse(accepted.headers.values("Sec-WebSocket-Extensions")),
                    offers.count == 1
                else { return "the answer is not one extension" }
            }
            return nil
        }
    }

    private static func faultOfClient(_ headers: HandshakeHeaders) -> String? {
        let client = ClientHandshake(
            nonce: Array("the sample nonce".utf8),
            subprotocols: ["chat"],
            compression: CompressionConfiguration()
        )
        guard let accepted = try? client.check(status: 101, headers: headers) else { return nil }
        guard accepted.subprotocol == nil || accepted.subprotocol == "chat" else {
            return "took a subprotocol that was not asked for"
        }
        if let compression = accepted.compression, !(9...15).contains(compression.clientMaxWindowBits) {
            return "agreed on a window zlib cannot do"
        }
        return nil
    }
}
