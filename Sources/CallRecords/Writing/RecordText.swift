// SPDX-License-Identifier: Apache-2.0

package import CallModel
import CallSession
import Dialects
import NIOCore
import VoiceBridge

/// Lists and targets as the text that a row holds: JSON, and what a person would dial.
package enum RecordText {
    /// Where a caller was sent, at most 1,024 bytes.
    package static func target(_ target: TransferTarget) -> String {
        let text =
            switch target {
            case .phone(let number): number
            case .phones(let numbers, _): numbers.joined(separator: ",")
            case .extension(let number): number
            case .flow(let name): name
            case .bot(let url): url
            case .sip(let uri): uri
            }
        return text.prefixed(toBytes: 1_024)
    }

    /// What was asked of the platform: `[{"action":"transfer","ms":120,"failure":null}]`.
    static func list(_ outcomes: [CallControlOutcome]) -> String {
        list(outcomes) { outcome, buffer in
            buffer.writeString("{\"action\":")
            buffer.writeJSONString(outcome.action)
            buffer.writeString(",\"ms\":\(outcome.time.wholeMilliseconds),\"failure\":")
            if let failure = outcome.failure { buffer.writeJSONString(failure) } else { buffer.writeString("null") }
            buffer.writeString("}")
        }
    }

    /// The waterfalls of turns: when the caller began and ended since the call's start, and from that end on.
    static func list(_ turns: [TurnTimings]) -> String {
        list(turns) { timings, buffer in
            buffer.writeString("{\"started_ms\":\(timings.turn.startedAt.wholeMilliseconds)")
            buffer.writeString(",\"ended_ms\":\(timings.turn.endedAt.wholeMilliseconds)")
            var parts: [(String, Duration?)] = [
                ("network", timings.network), ("end_of_turn", timings.endOfTurn), ("taken", timings.taken),
            ]
            parts += TurnStage.allCases.map { ($0.rawValue, timings.stages[$0]) }
            parts += [("sent", timings.sent), ("heard", timings.heard)]
            for (name, time) in parts {
                guard let time else { continue }
                buffer.writeString(",\"\(name)_ms\":\(time.wholeMilliseconds)")
            }
            buffer.writeString("}")
        }
    }

    /// What was wrong with the audio: `[{"kind":"…","side":"platform"}]`.
    static func list(_ faults: [AudioFault]) -> String {
        list(faults) { fault, buffer in
            buffer.writeString("{\"kind\":")
            buffer.writeJSONString(fault.kind)
            buffer.writeString(",\"side\":\"\(fault.side.rawValue)\"}")
        }
    }

    private static func list<Element>(_ elements: [Element], _ write: (Element, inout ByteBuffer) -> Void) -> String {
        var buffer = ByteBuffer()
        buffer.writeString("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { buffer.writeString(",") }
            write(element, &buffer)
        }
        buffer.writeString("]")
        return String(buffer: buffer)
    }
}
