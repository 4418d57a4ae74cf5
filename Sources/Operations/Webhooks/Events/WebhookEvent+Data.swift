// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallRecords
import CallSession
import Dialects

// What is sent as `data`; the names are those of the columns of call records.
extension WebhookEvent {
    /// The members.
    var data: [String: JSONValue] {
        switch content {
        case .told: return [:]
        case .started(let facts): return facts.data
        case .answered(let event):
            return [
                "call_id": .string(event.call.rawValue), "platform": .string(event.platform),
                "platform_event": .string(event.name),
            ]
        case .digit(let facts, let digit, let count):
            return facts.data.merging(["digit": .string(digit), "digit_count": .number(count)]) { $1 }
        case .transfer(let facts, let target, let outcomes):
            return facts.data.merging(Self.members(target)) { $1 }
                .merging(["out_of_band": .array(outcomes.map(Self.value))]) { $1 }
        case .botFailed(let facts, let error):
            return facts.data.merging(["bot_error": .string(error.prefixed(toBytes: 256))]) { $1 }
        case .ended(let facts, let summary, let time):
            return facts.data.merging(Self.members(summary, facts.start, endedAt: time)) { $1 }
        case .interrupted(let facts, let time):
            return facts.data.merging(Self.interruption(endedAt: time)) { $1 }
        case .recording(let recording):
            return [
                "call_id": .string(recording.callID.rawValue), "route": .string(recording.route),
                "recording": .string(recording.file), "bytes": .number(Int(recording.bytes)),
                "duration_ms": .number(Int(recording.duration.wholeMilliseconds)),
            ]
        }
    }

    /// What is said of a call whose server died.
    static func interruption(endedAt time: Int64) -> [String: JSONValue] {
        [
            "ended_at": .string(RecordTime.text(time)), "ended_by": .string(EndReason.Side.error.rawValue),
            "end_reason": .string("interrupted"),
        ]
    }

    private static func members(_ target: TransferTarget) -> [String: JSONValue] {
        ["transfer": .string(target.kind.rawValue), "transfer_to": .string(RecordText.target(target))]
    }

    private static func value(_ outcome: CallControlOutcome) -> JSONValue {
        .object([
            "action": .string(outcome.action), "ms": .number(Int(outcome.time.wholeMilliseconds)),
            "failure": outcome.failure.map(JSONValue.string) ?? .null,
        ])
    }

    private static func members(
        _ summary: CallSummary,
        _ start: CallStart,
        endedAt time: Int64
    ) -> [String: JSONValue] {
        let (inbound, outbound) = (start.format, start.outboundFormat)
        func milliseconds(_ duration: Duration) -> JSONValue { .number(Int(duration.wholeMilliseconds)) }
        var members: [String: JSONValue] = [
            "ended_at": .string(RecordTime.text(time)), "duration_ms": milliseconds(summary.duration),
            "ended_by": .string(summary.reason.side.rawValue), "end_reason": .string(summary.reason.code),
            "digit_count": .number(summary.digits), "interruptions": .number(summary.interruptions),
            "underruns": .number(summary.underruns), "underrun_ms": milliseconds(summary.underrunTime),
            "received_ms": milliseconds(inbound.duration(ofSamples: summary.samplesReceived)),
            "sent_ms": milliseconds(outbound.duration(ofSamples: summary.samplesSent)),
            "heard_ms": milliseconds(outbound.duration(ofSamples: summary.samplesHeard)),
            "leaves_caller": .flag(summary.leavesCaller),
        ]
        members["end_detail"] = summary.reason.detail.map(JSONValue.string)
        members["bot_error"] = summary.botError.map(JSONValue.string)
        if let target = summary.transfer { members.merge(Self.members(target)) { $1 } }
        return members
    }
}

extension CallFacts {
    /// What every event of the call says.
    var data: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "call_id": .string(start.callID.rawValue), "stream_id": .string(start.streamID.prefixed(toBytes: 128)),
            "made_up_id": .flag(start.hasMadeUpID), "platform": .string(start.platform), "route": .string(route),
            "bot": .string(bot), "codec": .string(start.format.encoding.rawValue),
            "sample_rate": .number(start.format.sampleRate), "started_at": .string(RecordTime.text(startedAt)),
        ]
        members["tenant"] = start.tenant.map(JSONValue.string)
        members["direction"] = (start.direction?.rawValue).map(JSONValue.string)
        members["from"] = (start.from?.prefixed(toBytes: 128)).map(JSONValue.string)
        members["to"] = (start.to?.prefixed(toBytes: 128)).map(JSONValue.string)
        return members
    }
}
