// SPDX-License-Identifier: Apache-2.0

import Dialects
import NIOCore

/// Writes what a client says in the realtime protocol, one text after the other, into one buffer that is kept.
struct ClientEvents: Sendable {
    /// What an event was for; its id begins with it, so that an error that names the id tells what went wrong.
    enum Purpose: String, Sendable, CaseIterable {
        case update, create, cancel, truncate, delete, item, commit
    }

    /// The texts written since the last ``clear()``.
    private(set) var buffer = ByteBuffer()
    private var number: UInt64 = 0

    /// Where the next text begins.
    var end: Int { buffer.writerIndex }

    /// The bytes of a text.
    func withText(_ range: Range<Int>, _ body: (Span<UInt8>) -> Void) {
        body(buffer.readableBytesUInt8Span.extracting(range))
    }

    /// Forgets the texts; the memory is kept unless it is much.
    mutating func clear() {
        if buffer.capacity > 262_144 { buffer = ByteBuffer() } else { buffer.clear() }
    }

    /// `input_audio_buffer.append`, the one event of the way of the audio.
    mutating func append(audio bytes: Span<UInt8>) {
        buffer.writeStaticString(#"{"type":"input_audio_buffer.append","audio":""#)
        buffer.writeBase64(bytes)
        buffer.writeStaticString(#""}"#)
    }

    /// `input_audio_buffer.commit`.
    mutating func commit() {
        begin("input_audio_buffer.commit", .commit)
        buffer.writeStaticString("}")
    }

    /// `response.cancel`.
    mutating func cancel(response: String) {
        begin("response.cancel", .cancel)
        write(",\"response_id\":", response)
        buffer.writeStaticString("}")
    }

    /// `conversation.item.truncate`.
    mutating func truncate(item: String, contentIndex: Int, milliseconds: Int) {
        begin("conversation.item.truncate", .truncate)
        write(",\"item_id\":", item)
        buffer.writeString(",\"content_index\":\(contentIndex),\"audio_end_ms\":\(milliseconds)}")
    }

    /// `conversation.item.delete`.
    mutating func delete(item: String) {
        begin("conversation.item.delete", .delete)
        write(",\"item_id\":", item)
        buffer.writeStaticString("}")
    }

    /// `conversation.item.create` with a message of text.
    mutating func message(_ text: String, by role: ContextEntry.Role, _ names: RealtimeSettings.EventNames) {
        begin("conversation.item.create", .item)
        write(",\"item\":{\"type\":\"message\",\"role\":", role.rawValue)
        let kind = role != .assistant ? "input_text" : names == .current ? "output_text" : "text"
        write(",\"content\":[{\"type\":", kind)
        write(",\"text\":", text)
        buffer.writeStaticString("}]}}")
    }

    /// `conversation.item.create` with the answer to a function call.
    mutating func output(ofCall call: String, _ output: String) {
        begin("conversation.item.create", .item)
        write(",\"item\":{\"type\":\"function_call_output\",\"call_id\":", call)
        write(",\"output\":", output)
        buffer.writeStaticString("}}")
    }

    /// `response.create`; with `text`, an answer that says just this; apart, so that the conversation does not hold it.
    mutating func createResponse(saying text: String? = nil, isApart: Bool = false) {
        begin("response.create", .create)
        if let text {
            write(",\"response\":{\"instructions\":", "Say exactly this and nothing else: \(text)")
            buffer.writeStaticString(#","tool_choice":"none""#)
            if isApart { buffer.writeStaticString(#","conversation":"none","input":[]"#) }
            buffer.writeStaticString("}")
        }
        buffer.writeStaticString("}")
    }

    /// The beginning of an event, without its closing brace.
    mutating func begin(_ type: String, _ purpose: Purpose) {
        number += 1
        write("{\"type\":", type)
        write(",\"event_id\":", "vb-\(purpose.rawValue)-\(number)")
    }

    /// A piece of JSON and a string behind it.
    mutating func write(_ piece: String, _ text: String) {
        buffer.writeString(piece)
        buffer.writeJSONString(text)
    }

    /// A piece of JSON as it is.
    mutating func write(_ piece: String) { buffer.writeString(piece) }
}
