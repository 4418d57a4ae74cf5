// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallRecords
import CallSession
import Glibc
import Logging

/// Records a call in real time, at 8 kHz in µ-law.
///
/// Words say how: `sealed` encrypts, `opus` encodes, `paused` pauses from the first half second to the third second, or for
/// ever; `bursts` says short tones, the caller's each half second and the bot's in the middle between them, in place of a loud
/// sound for ever; a number ends the call after so many seconds.
struct Speaker {
    private struct Nobody: CallObserver {
        func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {}
    }

    static let key = String(repeating: "0123456789abcdef", count: 4)
    private static let loud = [UInt8](repeating: 0x80, count: 160)
    private static let silence = [UInt8](repeating: 0xFF, count: 160)
    /// 1 kHz, eight samples a period.
    private static let tone = (0..<160).map { [0xFF, 0x8F, 0x87, 0x8F, 0xFF, 0x0F, 0x07, 0x0F][$0 % 8] as UInt8 }

    private let recordings: Recordings
    private let tap: AudioTap
    private let begun = Self.now()
    private let isPausing: Bool
    private let hasBursts: Bool
    private let seconds: Int64?

    init(folder: String, words: [String]) throws {
        var settings = RecordingConfiguration()
        if words.contains("sealed") { settings.encryptionKey = Secret(Self.key) }
        if words.contains("opus") { settings.format = .opus }
        isPausing = words.contains("paused")
        hasBursts = words.contains("bursts")
        seconds = words.lazy.compactMap { Int64($0) }.first
        let logger = Logger(label: "recording-child")
        recordings = try Recordings(folder: folder, settings: settings, calls: 1, logger: logger)
        let start = CallStart(callID: CallID("spoken"), streamID: "s", platform: "exotel", format: .muLaw8kHz)
        guard let tap = recordings.makeTap(for: start, route: "/", observer: Nobody()) else { exit(1) }
        self.tap = tap
    }

    /// Speaks until the end, or for ever, and tells each tenth of a second how much was said.
    func speak() -> Bool {
        tap.tell(TapEntry(.began, at: begun))
        var frame: Int64 = 0
        while frame * 20 < (seconds ?? .max / 1_000) * 1_000 {
            usleep(5_000)
            while Self.now() >= begun + .milliseconds(20 * (frame + 1)) {
                speak(frame)
                frame += 1
                if frame % 5 == 0 { tell("spoke \(20 * frame)") }
            }
        }
        tap.tell(TapEntry(.ended, at: begun + .milliseconds(20 * frame)))
        return recordings.close()
    }

    private func speak(_ frame: Int64) {
        let time = begun + .milliseconds(20 * (frame + 1))
        let isPaused = isPausing && (25..<(seconds == nil ? .max : 150)).contains(frame)
        let (caller, bot) = isPaused ? (TapEntry.Kind.callerUnheard, TapEntry.Kind.botUnheard) : (.caller, .bot)
        let heard = TapEntry(caller, byteCount: 160, at: time, first: 160 * frame)
        // What the platform plays beside what the caller says.
        let playedAt = (begun + .milliseconds(20 * frame)).nanoseconds
        let played = TapEntry(bot, byteCount: 160, at: time, first: playedAt, second: -1)
        unsafe tap.tell(heard, sound(frame, 0).span.bytes)
        unsafe tap.tell(played, sound(frame, 12).span.bytes)
    }

    /// A burst is two frames long, each 25 frames.
    private func sound(_ frame: Int64, _ place: Int64) -> [UInt8] {
        guard hasBursts else { return Self.loud }
        return (frame - place) % 25 == 10 || (frame - place) % 25 == 11 ? Self.tone : Self.silence
    }

    private static func now() -> CallInstant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return CallInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
