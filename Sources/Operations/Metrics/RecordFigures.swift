// SPDX-License-Identifier: Apache-2.0

import CallRecords

extension CallRecorder.Counters {
    /// Writes what the recorder did.
    func write(into text: inout PrometheusText) {
        text.single(
            "voicebridge_records_written_total",
            .counter,
            "Records of calls that were completed.",
            Double(completed)
        )
        text.single("voicebridge_records_pending", .gauge, "Calls that are up, or whose record waits.", Double(pending))
        let refused = Double(refused)
        text.single(
            "voicebridge_records_refused_total",
            .counter,
            "Calls refused for want of room for a record.",
            refused
        )
        let failures = Double(failures)
        text.single(
            "voicebridge_records_failures_total",
            .counter,
            "Writes that failed and were tried again.",
            failures
        )
        let trouble = isInTrouble ? 1.0 : 0
        text.single("voicebridge_records_in_trouble", .gauge, "1 while records cannot be written.", trouble)
        let recovered = Double(recovered)
        text.single(
            "voicebridge_records_recovered_total",
            .counter,
            "Calls of earlier runs that died with them.",
            recovered
        )
    }
}
