// SPDX-License-Identifier: Apache-2.0

extension SimulatedDialect {
    /// The WebSocket subprotocols that the platform asks for.
    var subprotocols: [String] {
        switch self {
        case .asterisk: ["media"]
        case .jambonz: ["audio.jambonz.org"]
        case .ivrSolutions, .exotel, .twilio, .plivo, .telnyx, .vonage, .genesys, .ozonetel: []
        }
    }

    /// What the platform's opening request says about the call.
    func headers(of call: SimulatedCallConfiguration) -> [(name: String, value: String)] {
        guard self == .genesys else { return [] }
        return [
            (name: "Audiohook-Organization-Id", value: GenesysWire.organization),
            (name: "Audiohook-Session-Id", value: call.streamID),
            (name: "Audiohook-Correlation-Id", value: call.callID),
        ]
    }
}

extension SimulatedVariant {
    /// The URL's path and query in the platform's opening request: what a dialplan gives along where no message can.
    func target(_ target: String, of call: SimulatedCallConfiguration) -> String {
        guard self == .plainText else { return target }
        let pairs = [("call_id", call.callID), ("from", call.from), ("to", call.to)]
        let query = pairs.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")
        return target + (target.contains("?") ? "&" : "?") + query
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            result += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}
