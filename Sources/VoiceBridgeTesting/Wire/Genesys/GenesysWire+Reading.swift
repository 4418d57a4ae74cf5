// SPDX-License-Identifier: Apache-2.0

extension GenesysWire {
    mutating func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage {
        try message.has(["version", "id", "type", "seq", "clientseq", "parameters"])
        try message.check("version", is: "2")
        try message.check("id", is: sessionID)
        guard message["seq"] == .integer(serverSequence + 1) else {
            throw WireFault(.sequence, "\(message.name): seq is not \(serverSequence + 1)")
        }
        serverSequence += 1
        guard let seen = try message.number("clientseq"), seen <= sequence else {
            throw WireFault(.sequence, "\(message.name): clientseq is beyond \(sequence)")
        }
        let parameters = try message.object("parameters")
        guard sendsAudio || ["opened", "disconnect", "closed"].contains(message.name) else {
            throw WireFault(.beforeStart, "\(message.name) before opened")
        }
        switch message.name {
        case "opened":
            try open(parameters)
            return .nothing
        case "pong":
            guard pings > 0 else { throw WireFault(.value, "pong without a ping") }
            pings -= 1
            return .nothing
        case "event": return try Self.event(parameters)
        case "disconnect":
            try parameters.has(["reason"], or: ["info", "outputVariables"])
            return try Self.end(parameters, reason: try parameters.text("reason"))
        case "updated", "closed": return .nothing
        default: throw message.unknown
        }
    }

    private mutating func open(_ parameters: WireMessage) throws(WireFault) {
        try parameters.has(["media"], or: ["startPaused", "discardTo", "supportedLanguages"])
        guard let media = parameters["media"]?.elements, media.count == 1, media[0]["format"] == encoding,
            media[0]["channels"] == ["external"], media[0]["rate"] == 8_000, media[0]["type"] == "audio"
        else { throw WireFault(.value, "opened: the media is not the one that was offered") }
        sendsAudio = true
    }

    private static func end(_ parameters: WireMessage, reason: String) throws(WireFault) -> ServerMessage {
        switch reason {
        case "completed": return parameters["outputVariables"] == nil ? .hangUp : .transfer
        case "unauthorized", "error": return .failure("disconnect \(reason)")
        default: throw WireFault(.value, "disconnect: the reason '\(reason.prefix(40))' is unknown")
        }
    }

    private static func event(_ parameters: WireMessage) throws(WireFault) -> ServerMessage {
        try parameters.has(["entities"])
        guard let entities = parameters["entities"]?.elements, !entities.isEmpty else {
            throw WireFault(.value, "event: no entities")
        }
        var isBargeIn = false
        for entity in entities {
            switch entity["type"]?.string {
            case "barge_in": isBargeIn = true
            case "bot_turn_response": break
            default: throw WireFault(.value, "event: an entity of an unknown type")
            }
        }
        return isBargeIn ? .clear : .nothing
    }
}
