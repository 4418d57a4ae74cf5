// SPDX-License-Identifier: Apache-2.0

import Dialects

/// Reads what a realtime service says: audio without an allocation once its item is known, all else as values.
struct ServerEventReader: Sendable {
    /// Why a text is no event.
    enum Fault: Error, Equatable {
        case json(JSONSyntaxError)
        case base64(Base64Error)
        /// A JSON text without a `type`.
        case untyped
    }

    /// The item whose audio is expected next; its deltas are ``ServerEvent/audioContinues``.
    var currentItem = ""
    /// The bytes of the last audio, in the session's format.
    private(set) var audio = MediaBuffer()
    private var document = JSONDocument()

    /// Reads one text message.
    mutating func read(_ text: Span<UInt8>) throws(Fault) -> ServerEvent {
        do {
            try document.parse(text)
        } catch {
            throw .json(error)
        }
        guard let type = string("type", of: document.root, in: text) else { throw .untyped }
        if equals("response.output_audio.delta", type, text) || equals("response.audio.delta", type, text) {
            return try readAudio(text)
        }
        return readRare(self.text(at: type, in: text), text)
    }

    private mutating func readAudio(_ text: Span<UInt8>) throws(Fault) -> ServerEvent {
        let root = document.root
        guard let delta = string("delta", of: root, in: text), let item = string("item_id", of: root, in: text) else {
            return .ignored
        }
        do {
            if document.hasEscapes(at: delta) {
                try Base64.decode(document.unescaped(document.bytes(at: delta), in: text).span, into: &audio)
            } else {
                try Base64.decode(text.extracting(document.bytes(at: delta)), into: &audio)
            }
        } catch {
            throw .base64(error)
        }
        if equals(currentItem, item, text) { return .audioContinues }
        return .audio(
            SpokenPart(
                response: member("response_id", of: root, text),
                item: self.text(at: item, in: text),
                contentIndex: Int(number("content_index", of: root, text) ?? 0)
            )
        )
    }

    private func readRare(_ type: String, _ text: Span<UInt8>) -> ServerEvent {
        let root = document.root
        switch type {
        // xAI greets with a conversation where others greet with a session.
        case "session.created", "conversation.created": return .sessionCreated
        case "session.updated": return readSession(text)
        case "input_audio_buffer.speech_started": return .speechStarted
        case "input_audio_buffer.speech_stopped": return .speechStopped
        case "conversation.item.input_audio_transcription.completed":
            return .callerTranscript(member("transcript", of: root, text))
        case "response.created":
            return place(["response", "id"], text).map { .responseCreated(self.text(at: $0, in: text)) } ?? .ignored
        case "response.output_audio.done", "response.audio.done":
            return .audioDone(item: member("item_id", of: root, text))
        case "response.output_audio_transcript.delta", "response.audio_transcript.delta":
            return .transcript(item: member("item_id", of: root, text), member("delta", of: root, text))
        case "response.function_call_arguments.done":
            return .functionCall(functionCall(root, response: member("response_id", of: root, text), text))
        case "response.done": return readOutcome(text)
        case "error":
            guard let error = document.member("error", of: root, in: text) else { return .ignored }
            return .fault(fault(error, text))
        default: return .ignored
        }
    }

    private func readSession(_ text: Span<UInt8>) -> ServerEvent {
        .sessionUpdated(
            input: format(["session", "audio", "input", "format"], "input_audio_format", text),
            output: format(["session", "audio", "output", "format"], "output_audio_format", text)
        )
    }

    /// A format where the present shape has it, or else where the beta has it.
    private func format(_ path: [String], _ beta: String, _ text: Span<UInt8>) -> FormatName? {
        if let place = place(path, text) {
            guard document.kind(at: place) == .object else {
                return FormatName(name: self.text(at: place, in: text), rate: nil)
            }
            return FormatName(name: member("type", of: place, text), rate: number("rate", of: place, text))
        }
        return place(["session", beta], text).map { FormatName(name: self.text(at: $0, in: text), rate: nil) }
    }

    private func readOutcome(_ text: Span<UInt8>) -> ServerEvent {
        guard let response = document.member("response", of: document.root, in: text) else { return .ignored }
        var outcome = ResponseOutcome(
            id: member("id", of: response, text),
            status: ResponseOutcome.Status(rawValue: member("status", of: response, text)) ?? .completed
        )
        if let error = place(["response", "status_details", "error"], text), document.kind(at: error) == .object {
            outcome.fault = fault(error, text)
        }
        if let usage = place(["response", "usage"], text) {
            outcome.inputTokens = number("input_tokens", of: usage, text) ?? 0
            outcome.outputTokens = number("output_tokens", of: usage, text) ?? 0
        }
        guard let output = place(["response", "output"], text) else { return .responseDone(outcome) }
        var child = document.firstChild(of: output)
        while let item = child {
            if member("type", of: item, text) == "function_call" {
                outcome.calls.append(functionCall(item, response: outcome.id, text))
            }
            child = document.sibling(after: item, of: output)
        }
        return .responseDone(outcome)
    }

    private func functionCall(_ place: JSONPlace, response: String, _ text: Span<UInt8>) -> FunctionCall {
        FunctionCall(
            response: response,
            id: member("call_id", of: place, text),
            name: member("name", of: place, text),
            arguments: member("arguments", of: place, text)
        )
    }

    private func fault(_ place: JSONPlace, _ text: Span<UInt8>) -> UpstreamFault {
        let event = member("event_id", of: place, text)
        return UpstreamFault(
            type: member("type", of: place, text),
            code: member("code", of: place, text),
            message: member("message", of: place, text),
            eventID: event.isEmpty ? nil : event
        )
    }
}

// Looking up.
extension ServerEventReader {
    private func place(_ path: [String], _ text: Span<UInt8>) -> JSONPlace? {
        var place = document.root
        for name in path {
            guard let next = document.member(name, of: place, in: text) else { return nil }
            place = next
        }
        return place
    }

    private func string(_ name: String, of place: JSONPlace, in text: Span<UInt8>) -> JSONPlace? {
        guard let found = document.member(name, of: place, in: text) else { return nil }
        return document.kind(at: found) == .string ? found : nil
    }

    private func text(at place: JSONPlace, in text: Span<UInt8>) -> String { document.text(at: place, in: text) ?? "" }

    /// The text of a member; empty when there is none.
    private func member(_ name: String, of place: JSONPlace, _ text: Span<UInt8>) -> String {
        document.member(name, of: place, in: text).map { self.text(at: $0, in: text) } ?? ""
    }

    private func number(_ name: String, of place: JSONPlace, _ text: Span<UInt8>) -> Int64? {
        document.member(name, of: place, in: text).flatMap { document.wholeNumber(at: $0, in: text)?.value }
    }

    /// Whether a string is just this one, capital letters told from small ones.
    private func equals(_ wanted: String, _ place: JSONPlace, _ text: Span<UInt8>) -> Bool {
        let wanted = wanted.utf8Span.span
        let range = document.bytes(at: place)
        guard range.count == wanted.count, !document.hasEscapes(at: place) else { return false }
        for index in 0..<wanted.count where text[range.lowerBound + index] != wanted[index] { return false }
        return true
    }
}
