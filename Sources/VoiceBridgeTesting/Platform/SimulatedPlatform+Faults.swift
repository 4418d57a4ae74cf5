// SPDX-License-Identifier: Apache-2.0

extension SimulatedPlatform {
    /// Does the planned wrong whose moment has come.
    mutating func strike() {
        faultIsDue = false
        switch configuration.fault {
        case .silence:
            isMute = true
            note(.inside, "the caller's media ceases")
        case .vanish:
            isMute = true
            isDeaf = true
            actions.append(.stopReading)
            note(.inside, "the platform neither sends nor reads")
        case .deaf:
            isDeaf = true
            actions.append(.stopReading)
            note(.inside, "the platform stops reading")
        case .duplicateStart:
            send(wire.start(configuration, sampleRate: callerClock.sampleRate), noted: "start again")
        case .garbage: sendGarbage(5)
        case .garbageFlood: sendGarbage(20)
        case .oversize where wire.rules.sendsBinaryAudio:
            actions.append(.binary([UInt8](repeating: 0, count: 1 << 20 + 2)))
            note(.sent, "media of 1 MiB and more")
        case .oversize:
            let payload = String(repeating: "A", count: 1 << 20)
            send(wire.media(payload: payload, chunk: framesDue, milliseconds: 0), noted: "media of 1 MiB and more")
        case .badBase64 where wire.rules.sendsBinaryAudio: break
        case .badBase64:
            send(wire.media(payload: "A*==", chunk: framesDue, milliseconds: 0), noted: "media that is not base64")
        default: break
        }
    }

    private mutating func sendGarbage(_ count: Int) {
        let garbage = ["not json", "{\"event\":", "[1,2]", "\"media\"", "{'event':'media'}"]
        for index in 0..<count { send(garbage[index % garbage.count], noted: "garbage") }
    }
}
