// SPDX-License-Identifier: Apache-2.0
import VoiceBridgeTesting

/// A call told in about a dozen lines.
struct CallStory {
    /// Lines beyond this are left out: the counts at the end say the rest.
    private static let limit = 40
    private var lines = 0
    private var hasHeard = false

    /// The line for one thing that happened; nil for what a short story leaves out.
    mutating func line(_ entry: TimelineEntry) -> String? {
        if entry.text.hasPrefix("mark ") || entry.text == "garbage" || entry.text.hasPrefix("underrun") { return nil }
        if entry.text == "audio begins" {
            guard !hasHeard else { return nil }
            hasHeard = true
        }
        lines += 1
        if lines > Self.limit, entry.direction != .violation { return nil }
        return "\(Self.seconds(entry.time)) s  \(entry.direction.rawValue) \(Self.printable(entry.text))"
    }

    /// The counts of a call that is over.
    static func summary(_ result: SimulatedCallResult) -> String {
        let playback = result.playback
        let heard = Double(playback.heard) / Double(result.sampleRate)
        let silence = Double(playback.underrunSamples) / Double(result.sampleRate)
        let first = result.firstAudio.map { "first audio after \($0.roundedMilliseconds) ms" } ?? "no audio"
        let delay = result.ownDelay.roundedMilliseconds
        let late = delay < 20 ? "" : "\nthis machine is busy: the simulator itself was up to \(delay) ms late"
        return """
            ended by \(result.endedBy.rawValue) (\(printable(result.endReason))) after \
            \(fixed(result.duration / .seconds(1), 1)) s
            \(result.framesSent) frames sent, \(result.framesReceived) received, \(first), \(fixed(heard, 1)) s heard
            \(playback.underruns) underruns (\(fixed(silence * 1_000, 0)) ms), \(playback.interruptions) interruptions\(late)
            """
    }

    private static func seconds(_ time: Duration) -> String {
        let text = fixed(time / .seconds(1), 3)
        return String(repeating: " ", count: max(0, 8 - text.count)) + text
    }

    /// A number with so many digits behind the point.
    static func fixed(_ value: Double, _ digits: Int) -> String {
        let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        let whole = Int((value * Double(scale)).rounded())
        guard digits > 0 else { return String(whole) }
        let rest = String(abs(whole) % scale)
        let sign = whole < 0 ? "-" : ""
        return "\(sign)\(abs(whole) / scale).\(String(repeating: "0", count: digits - rest.count))\(rest)"
    }

    /// Text of the server without anything that would steer a terminal.
    static func printable(_ text: String) -> String {
        String(text.prefix(160).map { $0.isASCII && ($0.asciiValue ?? 0) < 0x20 || $0 == "\u{7F}" ? " " : $0 })
    }
}
