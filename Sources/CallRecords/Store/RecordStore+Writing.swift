// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import GRDB

// Rows of calls.
extension RecordStore {
    /// Writes entries in one transaction: all of them, or none when it throws.
    func write(_ entries: [RecordEntry], now: Int64) throws {
        try queue.write { database in
            for entry in entries {
                switch entry {
                case .began(let beginning): try insert(beginning, in: database)
                case .completed(let completion): try complete(completion, in: database)
                case .recording(let number, let name):
                    let sql = "UPDATE call SET recording = ? WHERE run = ? AND number = ?"
                    try run(sql, [name, self.run, number], in: database)
                case .recorded(let number, let milliseconds, let isWhole):
                    let sql = "UPDATE call SET recording_ms = ?, recording_whole = ? WHERE run = ? AND number = ?"
                    try run(sql, [milliseconds, isWhole, self.run, number], in: database)
                case .vanished(let number, let time): try interrupt(number, at: time, in: database)
                }
            }
            try note(alive: now, in: database)
        }
    }

    /// Notes that the run is alive, so that whoever recovers its calls knows until when.
    func note(alive now: Int64) throws { try queue.write { try note(alive: now, in: $0) } }

    private func note(alive now: Int64, in database: Database) throws {
        try run("UPDATE run SET alive_at = ? WHERE id = ?", [now, self.run], in: database)
    }

    private func insert(_ call: CallBeginning, in database: Database) throws {
        let sql = """
            INSERT INTO call (run, number, state, call_id, stream_id, made_up_id, platform, route, bot, direction,
                "from", "to", codec, sample_rate, codec_out, sample_rate_out, started_at, tenant)
            VALUES (?, ?, 'live', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (run, number) DO NOTHING
            """
        let values: StatementArguments = [
            self.run, call.number, call.callID.rawValue, call.streamID, call.hasMadeUpID, call.platform, call.route,
            call.bot, call.direction?.rawValue, call.from, call.to, call.format.encoding.rawValue,
            call.format.sampleRate, call.outboundFormat.encoding.rawValue, call.outboundFormat.sampleRate,
            call.startedAt, call.tenant,
        ]
        try run(sql, values, in: database)
    }

    private func interrupt(_ number: Int64, at time: Int64, in database: Database) throws {
        let sql = """
            UPDATE call SET state = 'interrupted', ended_by = 'error', end_reason = 'interrupted', ended_at = ?
            WHERE run = ? AND number = ? AND state = 'live'
            """
        try run(sql, [time, self.run, number], in: database)
    }

    private func complete(_ completion: CallCompletion, in database: Database) throws {
        let sql = """
            UPDATE call SET state = 'ended', ended_at = ?, duration_ms = ?, ended_by = ?, end_reason = ?,
                    end_detail = ?, digit_count = ?, digits = ?, transfer = ?, transfer_to = ?, out_of_band = ?,
                    turn_count = ?, turns = ?, received_ms = ?, sent_ms = ?, heard_ms = ?, dropped_ms = ?, underruns = ?,
                    underrun_ms = ?, interruptions = ?, false_interruptions = ?, live_samples_dropped = ?,
                    malformed_messages = ?, unknown_messages = ?, sequence_faults = ?, odd_bytes = ?, complaints = ?,
                    audio_faults = ?, bot_error = ?, bot_overdue = ?, leaves_caller = ?, lateness_ms = ?
                WHERE run = ? AND number = ? AND state <> 'ended'
            """
        let values = arguments(of: completion)
        try run(sql, values, in: database)
        guard database.changesCount == 0 else { return }
        // The row is there, unless an operator deleted it.
        try insert(completion.beginning, in: database)
        try run(sql, values, in: database)
    }

    /// Runs a statement that was prepared before; values are copied into it.
    private func run(_ sql: String, _ values: StatementArguments, in database: Database) throws {
        let statement = try database.cachedStatement(sql: sql)
        statement.setUncheckedArguments(values)
        try statement.execute()
    }

    private func arguments(of completion: CallCompletion) -> StatementArguments {
        let (summary, story, call) = (completion.summary, completion.story, completion.beginning)
        let reason = summary.reason
        let inbound = call.format
        let outbound = call.outboundFormat
        let transfer = summary.transfer
        let values: [(any DatabaseValueConvertible)?] = [
            completion.endedAt, summary.duration.wholeMilliseconds, reason.side.rawValue, reason.code, reason.detail,
            story.digitCount, story.digits, transfer?.kind.rawValue, transfer.map(RecordText.target),
            RecordText.list(summary.outOfBand), story.turnCount, RecordText.list(story.turns),
            inbound.duration(ofSamples: summary.samplesReceived).wholeMilliseconds,
            outbound.duration(ofSamples: summary.samplesSent).wholeMilliseconds,
            outbound.duration(ofSamples: summary.samplesHeard).wholeMilliseconds,
            inbound.duration(ofSamples: summary.samplesDropped).wholeMilliseconds, summary.underruns,
            summary.underrunTime.wholeMilliseconds, summary.interruptions, summary.falseInterruptions,
            summary.liveSamplesDropped, summary.malformedMessages, summary.unknownMessages, summary.sequenceFaults,
            summary.oddBytes, summary.complaints, RecordText.list(story.faults), summary.botError,
            summary.isBotOverdue, summary.leavesCaller, summary.lateness.wholeMilliseconds, self.run, call.number,
        ]
        return StatementArguments(values)
    }
}
