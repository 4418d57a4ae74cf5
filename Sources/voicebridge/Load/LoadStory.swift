// SPDX-License-Identifier: Apache-2.0
import CallModel
import LoadTesting
import VoiceBridgeTesting

/// A load told in a few lines.
enum LoadStory {
    /// How a load stands, at most 99 columns wide.
    static func line(_ progress: LoadRun.Progress) -> String {
        let news = progress.news
        let p99 = milliseconds(news.fromDeadline.value(atQuantile: 0.99))
        var line = "\(fixed(progress.time / .seconds(1), 1)) s  \(progress.calls) calls  p99 \(p99)"
        line += "  \(news.framesLost) lost  \(news.failures.total) failed"
        if let cores = progress.cores { line += "  server \(fixed(cores * 100, 0)) %" }
        if let memory = progress.memory { line += " \(memory / 1_024) MiB" }
        return String(line.prefix(99))
    }

    /// One step of a search.
    static func line(_ step: CapacityReport.Step) -> String {
        let cores = step.cores.map { ", \(fixed($0, 2)) cores" } ?? ""
        return "\(step.calls) calls: p99 \(milliseconds(step.p99))\(cores)\(step.fault.map { ": \($0)" } ?? "")"
    }

    /// What a load came to.
    static func text(_ report: LoadReport) -> String {
        let all = report.all
        let window = report.window
        let tally = window.tally
        var lines = [
            "\(all.callsStarted) calls begun, \(all.callsOpened) came about, \(all.failures.total) failed",
            "\(all.framesSent) frames sent, \(all.framesReceived) came back, \(all.framesLost) lost, "
                + "\(all.framesRepeated) repeated, \(all.outOfOrder) out of order, \(all.crossTalk) of other calls, "
                + "\(all.silentWindows) silent, \(all.garbled) garbled; \(all.windowsChecked) windows of sound checked",
            "over \(fixed(window.seconds, 1)) s with \(window.calls) calls, \(tally.framesReceived) frames:",
            "  latency from the deadline  \(quantiles(tally.fromDeadline))",
            "  latency from the write     \(quantiles(tally.fromWrite))",
            "  this tool's own lateness   \(quantiles(tally.lateness))",
        ]
        if all.framesUntimed > 0 {
            lines.append("  \(all.framesUntimed) frames of unknown latency: parts of others were left out or put in")
        }
        if all.tones.calls > 0 {
            let delay = all.tones.delay.map { ", filters' delay \(fixed($0, 2)) ms" } ?? ""
            lines.append(
                "  tones come back at \(fixed(all.tones.leastGain, 2)) to \(fixed(all.tones.greatestGain, 2)) dB, "
                    + "\(fixed(all.tones.worstClarity, 0)) dB clear or better\(delay)"
            )
        }
        if let server = window.server { lines.append("  server: \(usage(server, tally.framesReceived))") }
        if let own = window.own { lines.append("  this tool: \(usage(own, tally.framesReceived))") }
        if let capacity = report.capacity { lines += capacityLines(capacity) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func capacityLines(_ capacity: CapacityReport) -> [String] {
        var lines = ["the server holds \(capacity.calls) calls"]
        if let perCore = capacity.callsPerCore { lines.append("that is \(perCore) calls for each core it used") }
        if capacity.isLimitedByTool { lines.append("this tool was late itself: the server may hold more") }
        lines.append("set limits.calls to \(capacity.recommendedLimit)")
        return lines
    }

    private static func usage(_ used: UsedProcessor, _ frames: Int) -> String {
        let perFrame = used.microseconds(perFrameOf: frames).map { "\(fixed($0, 1)) µs a frame, " } ?? ""
        let times = "\(fixed(used.user, 2)) s user, \(fixed(used.system, 2)) s system"
        return "\(perFrame)\(fixed(used.cores, 2)) cores (\(times)), "
            + "\(used.end.memory / 1_024) MiB, \(used.end.threads) threads"
    }

    private static func quantiles(_ histogram: LatencyHistogram) -> String {
        [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)].map { name, quantile in
            "\(name) \(milliseconds(histogram.value(atQuantile: quantile)))"
        }.joined(separator: "  ") + "  most \(milliseconds(histogram.maximum))"
    }

    private static func milliseconds(_ nanoseconds: Int64) -> String { fixed(Double(nanoseconds) / 1e6, 2) + " ms" }

    private static func fixed(_ value: Double, _ digits: Int) -> String { CallStory.fixed(value, digits) }
}
