// SPDX-License-Identifier: Apache-2.0

/// What CALLR can be told to do on a call in real time.
package enum CALLRCommand: Sendable, Equatable {
    /// One number to dial.
    package struct Target: Sendable, Equatable {
        /// E.164 with `+`.
        package var number: String
        /// Seconds it rings, 5–300.
        package var timeout: Int

        /// A number to dial.
        package init(_ number: String, timeout: Int = 30) {
            self.number = number
            self.timeout = timeout
        }
    }

    /// Plays from the library, or speaks `TTS|voice|text`.
    case play(media: String)
    /// Plays a recording.
    case playRecord(file: String)
    /// Plays a WAV in Base64.
    case playWAV(base64: String)
    /// Plays, and reads 1–20 digits in 1–10 attempts of 100–30000 ms.
    case read(media: String, maximumDigits: Int, attempts: Int, timeoutMilliseconds: Int)
    /// Connects the caller to whoever answers first; the caller id is E.164 or `BLOCKED`.
    case dialOut(targets: [Target], callerID: String)
    /// Joins a conference.
    case conference(id: String, leavesWhenAlone: Bool)
    /// Records at most 300 s, until at most 20 s of silence.
    case record(maximumSeconds: Int, silenceSeconds: Int)
    /// Sends keys of 1–5000 ms each.
    case sendDigits(String, milliseconds: Int)
    /// Does nothing for so many seconds.
    case wait(seconds: Int)
    /// Ends the call.
    case hangUp

    /// The command's name on the wire.
    package var name: String {
        switch self {
        case .play: "play"
        case .playRecord: "play_record"
        case .playWAV: "play_wav_data"
        case .read: "read"
        case .dialOut: "dialout"
        case .conference: "conference"
        case .record: "record"
        case .sendDigits: "send_dtmf"
        case .wait: "wait"
        case .hangUp: "hangup"
        }
    }
}
