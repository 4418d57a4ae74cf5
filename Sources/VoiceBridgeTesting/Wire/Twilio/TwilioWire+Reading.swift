// SPDX-License-Identifier: Apache-2.0

extension TwilioWire {
    mutating func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage {
        let inner: String? =
            switch message.name {
            case "media", "mark": message.name
            case "clear": nil
            case "dtmf" where variant == .signalwire: message.name
            case "end" where variant?.isSmartflo ?? false: "call_sid"
            default: throw message.unknown
            }
        try message.has(["event", "streamSid"] + (inner.map { [$0] } ?? []))
        try message.check("streamSid", is: streamID)
        switch message.name {
        case "media":
            let media = try message.object("media")
            try media.has(["payload"])
            return .audio(try media.audio())
        case "mark":
            let mark = try message.object("mark")
            try mark.has(["name"])
            return .mark(try mark.text("name"))
        case "dtmf":
            let key = try message.object("dtmf")
            try key.has(["digit"])
            let digit = try key.text("digit")
            guard digit.count == 1, digit.allSatisfy("0123456789*#ABCD".contains) else {
                throw WireFault(.value, "dtmf: '\(digit.prefix(40))' is not one of 0-9*#A-D")
            }
            return .digits(digit)
        case "end":
            try message.check("call_sid", is: callID)
            return .hangUp
        default: return .clear
        }
    }
}
