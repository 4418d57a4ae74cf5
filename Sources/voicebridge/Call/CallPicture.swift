// SPDX-License-Identifier: Apache-2.0
import VoiceBridgeTesting

/// The line on a terminal that shows how a call stands: time, levels both ways, what waits to be played.
enum CallPicture {
    /// The line, at most 79 columns wide.
    static func line(_ progress: SimulatedCallProgress) -> String {
        let time = CallStory.fixed(progress.time / .seconds(1), 1)
        let buffered = progress.buffered.roundedMilliseconds
        let line =
            "\(padded(time, 6)) s  caller \(meter(progress.callerPeak))  bot \(meter(progress.heardPeak))  "
            + "\(padded(String(buffered), 5)) ms wait  \(progress.underruns) underruns"
        return String(line.prefix(79))
    }

    /// Ten steps from −60 dB to full scale, a bar for each 6 dB.
    static func meter(_ peak: Int) -> String {
        var bars = 0
        while bars < 10, peak << bars < 32_768 { bars += 1 }
        let lit = peak > 0 ? 10 - bars : 0
        return "|" + String(repeating: "#", count: lit) + String(repeating: " ", count: 10 - lit) + "|"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
