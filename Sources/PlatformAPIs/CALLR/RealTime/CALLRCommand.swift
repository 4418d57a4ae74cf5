// SPDX-License-Identifier: Apache-2.0

package import Dialects

/// What CALLR can be told to do on a call in real time.
///
/// Ranges are those of the platform's public kits; ``parameters()`` checks them.
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

    /// What the caller hears while a number rings.
    package enum Ringtone: String, Sendable { case ring = "RING", music = "MUSIC" }

    /// How numbers are dialled.
    package struct Dialling: Sendable, Equatable {
        /// `cli`: E.164 with `+`, or `BLOCKED`.
        package var callerID = "BLOCKED"
        /// `ringtone`.
        package var ringtone = Ringtone.ring
        /// `whisper`: what the one who answers hears first.
        package var whisper = CALLRMedia.none
        /// `cdr_field`: at most 32 letters and digits for the platform's record.
        package var recordField = ""

        /// As the platform does unless told otherwise.
        package init() {}
    }

    /// Plays something.
    case play(CALLRMedia)
    /// Plays what ``record(maximumSeconds:silenceSeconds:)`` recorded.
    case playRecord(file: String)
    /// Plays a WAV in Base64.
    case playWAV(base64: String)
    /// Plays, and reads 1–20 keys in 1–10 attempts of 100–30000 ms.
    case read(CALLRMedia, maximumDigits: Int, attempts: Int, timeoutMilliseconds: Int)
    /// Rings numbers in turn and connects the caller to the first who answers.
    case dialOut([Target], Dialling = Dialling())
    /// Joins a conference; `others` are prompts and the PIN, by the platform's names.
    case conference(id: Int, leavesWhenAlone: Bool, others: [String: JSONValue] = [:])
    /// Joins a conference without prompts.
    case simpleConference(id: Int, leavesWhenAlone: Bool)
    /// Records the caller for at most 300 s, until at most 20 s of silence; 0 is no such end.
    case record(maximumSeconds: Int, silenceSeconds: Int)
    /// Begins to record the call.
    case startCallRecording(announce: CALLRMedia = .none)
    /// Ends the recording of the call.
    case stopCallRecording(announce: CALLRMedia = .none)
    /// Sends keys of 1–5000 ms each, 0–10000 ms apart.
    case sendDigits(String, milliseconds: Int = 500, pauseMilliseconds: Int = 500)
    /// Does nothing for 1–30 s.
    case wait(seconds: Int)
    /// Waits for 1–5000 ms of silence, 1–3 times, at most 0–300 s; 0 is without end.
    case waitForSilence(milliseconds: Int, iterations: Int, timeoutSeconds: Int)
    /// Plays and tells whether somebody speaks; `others` by the platform's names, which no public document lists.
    case playTalkDetect(CALLRMedia, others: [String: JSONValue] = [:])
    /// Ends the call.
    case hangUp
    /// Ends another call.
    case hangUpCall(UInt64)

    /// The command's name on the wire.
    package var name: String {
        switch self {
        case .play: "play"
        case .playRecord: "play_record"
        case .playWAV: "play_wav_data"
        case .read: "read"
        case .dialOut: "dialout"
        case .conference: "conference"
        case .simpleConference: "simple_conference"
        case .record: "record"
        case .startCallRecording: "start_call_recording"
        case .stopCallRecording: "stop_call_recording"
        case .sendDigits: "send_dtmf"
        case .wait: "wait"
        case .waitForSilence: "wait_for_silence"
        case .playTalkDetect: "play_talk_detect"
        case .hangUp: "hangup"
        case .hangUpCall: "hangup_callid"
        }
    }

    /// Whether people talk until it is over, so that it may take as long as a call.
    var lastsAsLongAsPeopleTalk: Bool {
        switch self {
        case .dialOut, .conference, .simpleConference: true
        default: false
        }
    }
}
