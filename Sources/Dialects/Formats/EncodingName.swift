// SPDX-License-Identifier: Apache-2.0

import CallModel

/// The name of an audio encoding as platforms write it, such as `audio/x-l16;rate=16000`.
struct EncodingName: Equatable {
    /// The encoding.
    let encoding: AudioEncoding
    /// What stands after `rate=`, if anything does.
    let rate: String?
    /// What stands after `channels=`, if anything does.
    let channels: String?

    /// The longest name that is looked at, in bytes.
    private static let maximumBytes = 128

    private static let linear: Set<String> = [
        "raw/slin", "slin", "slin16", "pcm", "pcm16", "pcm_s16le", "l16", "linear", "linear16", "lpcm", "raw",
        "base64", "audio/l16", "audio/x-l16", "audio/pcm", "audio/x-raw", "raw/lpcm16",
    ]
    private static let muLaw: Set<String> = [
        "mulaw", "ulaw", "pcmu", "g711_ulaw", "audio/x-mulaw", "audio/pcmu", "raw/mulaw",
    ]
    private static let aLaw: Set<String> = [
        "alaw", "pcma", "g711_alaw", "audio/x-alaw", "audio/pcma", "raw/alaw",
    ]

    /// Reads a name, small and capital letters alike; nil when it is none that is known.
    init?(_ text: String) {
        guard text.utf8.count <= Self.maximumBytes else { return nil }
        let parts = text.lowercased().split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
        guard let name = parts.first else { return nil }
        if Self.linear.contains(name) {
            encoding = .linear16
        } else if Self.muLaw.contains(name) {
            encoding = .muLaw
        } else if Self.aLaw.contains(name) {
            encoding = .aLaw
        } else {
            return nil
        }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1).map(Self.trimmed)
            if pair.count == 2 { parameters[pair[0]] = pair[1] }
        }
        rate = parameters["rate"]
        channels = parameters["channels"]
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
