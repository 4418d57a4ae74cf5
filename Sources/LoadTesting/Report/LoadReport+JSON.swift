// SPDX-License-Identifier: Apache-2.0
import CallModel
package import VoiceBridgeTesting

extension LoadReport {
    /// The report as one JSON object; times in microseconds where the key says so.
    ///
    /// - Parameters:
    ///   - bound: See ``faults(bound:)``.
    ///   - process: The number of the server's process.
    /// - Returns: The object; its keys keep their names.
    package func json(bound: Duration?, process: Int?) -> PlainJSON {
        let faults = faults(bound: bound)
        let tally = window.tally
        var members = [
            PlainJSON.Member("url", .string(plan.url)),
            PlainJSON.Member("dialect", .string(plan.call.dialect.rawValue)),
            PlainJSON.Member("encoding", .string(plan.call.format.encoding.rawValue)),
            PlainJSON.Member("rate", .integer(plan.call.format.sampleRate)),
            PlainJSON.Member("frame_ms", .integer(plan.call.frameMilliseconds)),
            PlainJSON.Member("expect", .string(plan.expectation.rawValue)),
            PlainJSON.Member("sound_checked", .bool(plan.checksSound)),
            PlainJSON.Member("passed", .bool(faults.isEmpty)),
            PlainJSON.Member("faults", .array(faults.map(Self.json))),
            PlainJSON.Member("calls", .integer(window.calls)),
            PlainJSON.Member("calls_started", .integer(all.callsStarted)),
            PlainJSON.Member("calls_opened", .integer(all.callsOpened)),
            PlainJSON.Member("calls_ended", .integer(all.callsEnded)),
            PlainJSON.Member("calls_failed", .integer(all.failures.total)),
            PlainJSON.Member("failures", Self.json(all.failures)),
            PlainJSON.Member("violations", Self.json(all.violations)),
            PlainJSON.Member("frames_sent", .integer(all.framesSent)),
            PlainJSON.Member("frames_received", .integer(all.framesReceived)),
            PlainJSON.Member("frames_untimed", .integer(all.framesUntimed)),
            PlainJSON.Member("messages_received", .integer(all.messagesReceived)),
            PlainJSON.Member("audio_bytes_received", .integer(all.audioBytesReceived)),
            PlainJSON.Member("frames_lost", .integer(all.framesLost)),
            PlainJSON.Member("frames_repeated", .integer(all.framesRepeated)),
            PlainJSON.Member("out_of_order", .integer(all.outOfOrder)),
            PlainJSON.Member("cross_talk", .integer(all.crossTalk)),
            PlainJSON.Member("silent_windows", .integer(all.silentWindows)),
            PlainJSON.Member("garbled", .integer(all.garbled)),
            PlainJSON.Member("windows_checked", .integer(all.windowsChecked)),
        ]
        members += [
            PlainJSON.Member("window_s", Self.decimal(window.seconds, 3)),
            PlainJSON.Member("window_frames", .integer(tally.framesReceived)),
            PlainJSON.Member("window_calls_opened", .integer(tally.callsOpened)),
            PlainJSON.Member("latency_of", .string(plan.expectation.isEcho ? "frame" : "ping")),
            PlainJSON.Member("latency_from_deadline_us", Self.json(tally.fromDeadline)),
            PlainJSON.Member("latency_from_write_us", Self.json(tally.fromWrite)),
            PlainJSON.Member("p99_over_time_us", .array(window.p99OverTime.map { .integer($0 / 1_000) })),
            PlainJSON.Member("own_lateness_us", Self.json(tally.lateness)),
            PlainJSON.Member("opening_us", Self.json(all.opening)),
            PlainJSON.Member("tones", json(all.tones)),
            PlainJSON.Member("server", json(window.server, process)),
            PlainJSON.Member("own", json(window.own, nil)),
            PlainJSON.Member("capacity", capacity?.json ?? .null),
        ]
        return .object(members)
    }

    private func json(_ used: UsedProcessor?, _ process: Int?) -> PlainJSON {
        guard let used else { return .null }
        let perFrame = used.microseconds(perFrameOf: window.tally.framesReceived)
        return .object([
            PlainJSON.Member("pid", process.map { .integer($0) } ?? .null),
            PlainJSON.Member("user_s", Self.decimal(used.user, 3)),
            PlainJSON.Member("system_s", Self.decimal(used.system, 3)),
            PlainJSON.Member("cores", Self.decimal(used.cores, 4)),
            PlainJSON.Member("us_per_frame", perFrame.map { Self.decimal($0, 2) } ?? .null),
            PlainJSON.Member("rss_kib", .integer(used.end.memory)),
            PlainJSON.Member("rss_max_kib", .integer(used.mostMemory)),
            PlainJSON.Member("threads", .integer(used.end.threads)),
            PlainJSON.Member("descriptors", used.end.descriptors.map { .integer($0) } ?? .null),
        ])
    }

    private func json(_ tones: ToneSummary) -> PlainJSON {
        guard tones.calls > 0 else { return .null }
        return .object([
            PlainJSON.Member("calls", .integer(tones.calls)),
            PlainJSON.Member("gain_db_min", Self.decimal(tones.leastGain, 2)),
            PlainJSON.Member("gain_db_max", Self.decimal(tones.greatestGain, 2)),
            PlainJSON.Member("clarity_db_min", Self.decimal(tones.worstClarity, 1)),
            PlainJSON.Member("delay_ms", tones.delay.map { Self.decimal($0, 2) } ?? .null),
        ])
    }

    private static func json(_ fault: LoadFault) -> PlainJSON {
        .object([
            PlainJSON.Member("kind", .string(fault.kind.rawValue)), PlainJSON.Member("detail", .string(fault.detail)),
        ])
    }

    private static func json(_ reasons: ReasonCounts) -> PlainJSON {
        .array(
            reasons.sorted.map { reason, count in
                .object([PlainJSON.Member("reason", .string(reason)), PlainJSON.Member("count", .integer(count))])
            }
        )
    }

    private static func json(_ histogram: LatencyHistogram) -> PlainJSON {
        let quantiles = [("p50", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p999", 0.999)]
        let values = quantiles.map { name, quantile in
            PlainJSON.Member(name, decimal(Double(histogram.value(atQuantile: quantile)) / 1_000, 1))
        }
        let ends = [
            PlainJSON.Member("count", .integer(histogram.count)),
            PlainJSON.Member("mean", decimal(Double(histogram.mean) / 1_000, 1)),
        ]
        return .object(ends + values + [PlainJSON.Member("max", decimal(Double(histogram.maximum) / 1_000, 1))])
    }

    /// A number with so many digits behind the point.
    static func decimal(_ value: Double, _ digits: Int) -> PlainJSON {
        guard value.isFinite else { return .null }
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        let whole = Int((abs(value) * scale).rounded())
        let text = String(whole)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        let sign = value < 0 && whole > 0 ? "-" : ""
        guard digits > 0 else { return .number(sign + padded) }
        return .number(sign + padded.dropLast(digits) + "." + padded.suffix(digits))
    }
}
