// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import TestSupport

@testable import Bots

/// Short words for what a service says and is told, so that a dialogue fits the page.
enum ServiceWords {
    /// The event that stands behind short words; JSON is taken as it is.
    static func event(_ text: String, format: UpstreamFormat) -> String {
        guard !text.hasPrefix("{") else { return text }
        let words = text.split(separator: " ").map(String.init)
        func word(_ index: Int) -> String { index < words.count ? words[index] : "" }
        let rest = words.dropFirst(2).joined(separator: " ")
        switch words[0] {
        case "created": return #"{"type":"session.created","session":{"id":"s"}}"#
        case "updated":
            let name = word(1).isEmpty ? format.currentName : word(1)
            let shape = #"{"format":{"type":"\#(name)"}}"#
            return #"{"type":"session.updated","session":{"audio":{"input":\#(shape),"output":\#(shape)}}}"#
        case "response": return #"{"type":"response.created","response":{"id":"\#(word(1))","status":"in_progress"}}"#
        case "audio":
            let bytes = (Int(word(3)) ?? 0) * format.audio.bytesPerSecond / 1_000
            let delta = PlainBase64.encode([UInt8](repeating: 0x55, count: bytes))
            return #"{"type":"response.output_audio.delta","response_id":"\#(word(1))","item_id":"\#(word(2))","#
                + #""output_index":0,"content_index":0,"delta":"\#(delta)"}"#
        case "audio-done":
            return #"{"type":"response.output_audio.done","response_id":"\#(word(1))","item_id":"\#(word(2))"}"#
        case "words":
            return #"{"type":"response.output_audio_transcript.delta","item_id":"\#(word(1))","delta":"\#(rest)"}"#
        case "caller":
            let said = words.dropFirst().joined(separator: " ")
            return #"{"type":"conversation.item.input_audio_transcription.completed","transcript":"\#(said)"}"#
        case "done":
            let status = word(2).isEmpty ? "completed" : word(2)
            return #"{"type":"response.done","response":{"id":"\#(word(1))","status":"\#(status)","output":[],"#
                + #""usage":{"input_tokens":7,"output_tokens":5}}}"#
        case "speech":
            let what = word(1) == "begins" ? "started" : "stopped"
            return #"{"type":"input_audio_buffer.speech_\#(what)","item_id":"u"}"#
        case "call":
            let arguments = words.dropFirst(4).joined(separator: " ").replacing("\"", with: "\\\"")
            return
                #"{"type":"response.function_call_arguments.done","response_id":"\#(word(1))","call_id":"\#(word(2))","#
                + #""name":"\#(word(3))","arguments":"\#(arguments)"}"#
        case "error":
            return #"{"type":"error","error":{"type":"invalid_request_error","code":"\#(word(1))","message":"no","#
                + #""event_id":"\#(word(2))"}}"#
        default: return #"{"type":"\#(text)"}"#
        }
    }

    /// What a service is told, in a few words.
    static func shown(_ text: [UInt8], format: UpstreamFormat) -> String {
        guard case .object(let event)? = try? JSONDocument.parse(text), case .string(let type)? = event["type"] else {
            return "no JSON: \(String(decoding: text, as: UTF8.self))"
        }
        func string(_ value: JSONValue?, _ names: String...) -> String? {
            var value = value
            for name in names {
                guard case .object(let members)? = value else { return nil }
                value = members[name]
            }
            if case .array(let values)? = value, case .object(let first)? = values.first { value = first["text"] }
            return switch value {
            case .string(let text)?: text
            case .number(let text)?: text
            default: nil
            }
        }
        switch type {
        case "input_audio_buffer.append":
            let characters = string(event["audio"])?.count ?? 0
            return "append \(format.milliseconds(ofBytes: characters / 4 * 3)) ms"
        case "session.update":
            return
                "update \(string(event["session"], "audio", "input", "format", "type") ?? string(event["session"], "input_audio_format") ?? "no format")"
        case "conversation.item.truncate":
            return "truncate \(string(event["item_id"]) ?? "") \(string(event["audio_end_ms"]) ?? "")"
        case "conversation.item.delete": return "delete \(string(event["item_id"]) ?? "")"
        case "response.cancel": return "cancel \(string(event["response_id"]) ?? "")"
        case "response.create":
            let isApart = string(event["response"], "conversation") == "none"
            let said = string(event["response"], "instructions").map {
                " " + $0.split(separator: ": ", maxSplits: 1)[1]
            }
            return "respond" + (isApart ? " apart:" : said == nil ? "" : ":") + (said ?? "")
        case "conversation.item.create":
            if let output = string(event["item"], "output") {
                return "output \(string(event["item"], "call_id") ?? "") \(output)"
            }
            return "item \(string(event["item"], "role") ?? ""): \(string(event["item"], "content") ?? "")"
        default: return type
        }
    }
}
