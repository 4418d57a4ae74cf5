// SPDX-License-Identifier: Apache-2.0

/// A column of the table of calls, as exports and people see it.
package struct RecordColumn: Sendable, Equatable {
    /// What it holds.
    package enum Kind: Sendable {
        /// A number.
        case integer
        /// Text.
        case text
        /// Yes or no.
        case flag
        /// A time of day.
        case time
        /// A list, as JSON.
        case list
    }

    /// Its name, in the table, in JSON and in the head of a CSV file alike.
    package let name: String
    /// What it holds.
    package let kind: Kind

    /// Every column in order; `_ms` are milliseconds.
    package static let all: [RecordColumn] = [
        integer("id"), text("state"), text("call_id"), text("stream_id"), flag("made_up_id"), text("platform"),
        text("route"), text("bot"), text("direction"), text("from"), text("to"), text("codec"), integer("sample_rate"),
        text("codec_out"), integer("sample_rate_out"), time("started_at"), time("ended_at"), integer("duration_ms"),
        text("ended_by"), text("end_reason"), text("end_detail"), integer("digit_count"), text("digits"),
        text("transfer"), text("transfer_to"), list("out_of_band"), integer("turn_count"), list("turns"),
        integer("received_ms"), integer("sent_ms"), integer("heard_ms"), integer("dropped_ms"), integer("underruns"),
        integer("underrun_ms"), integer("interruptions"), integer("false_interruptions"),
        integer("live_samples_dropped"), integer("malformed_messages"), integer("unknown_messages"),
        integer("sequence_faults"), integer("odd_bytes"), integer("complaints"), list("audio_faults"),
        text("bot_error"), flag("bot_overdue"), flag("leaves_caller"), text("tenant"), integer("lateness_ms"),
        text("recording"), integer("recording_ms"), flag("recording_whole"),
    ]

    private static func integer(_ name: String) -> RecordColumn { RecordColumn(name: name, kind: .integer) }
    private static func text(_ name: String) -> RecordColumn { RecordColumn(name: name, kind: .text) }
    private static func flag(_ name: String) -> RecordColumn { RecordColumn(name: name, kind: .flag) }
    private static func time(_ name: String) -> RecordColumn { RecordColumn(name: name, kind: .time) }
    private static func list(_ name: String) -> RecordColumn { RecordColumn(name: name, kind: .list) }
}
