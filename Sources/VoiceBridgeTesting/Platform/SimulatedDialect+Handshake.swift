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
