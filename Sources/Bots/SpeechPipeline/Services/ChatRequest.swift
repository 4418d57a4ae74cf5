// SPDX-License-Identifier: Apache-2.0

import Dialects
import NIOCore
import VoiceBridge

/// The body of a request to `chat/completions`.
struct ChatRequest {
    private enum Role: String { case system, user, assistant }

    let settings: ChatCompletionsSettings

    /// The body that asks for an answer to what just happened.
    func body(for occasion: ReplyOccasion, in conversation: SpokenConversation) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.writeStaticString(#"{"model":"#)
        buffer.writeJSONString(settings.model)
        buffer.writeStaticString(#","stream":true,"messages":["#)
        write(.system, instructions(for: conversation.start), to: &buffer)
        for (role, text) in messages(for: occasion, conversation.lines) {
            buffer.writeStaticString(",")
            write(role, text, to: &buffer)
        }
        buffer.writeStaticString("]")
        writeTools(to: &buffer)
        buffer.writeStaticString("}")
        return Array(buffer.readableBytesView)
    }

    private func write(_ role: Role, _ text: String, to buffer: inout ByteBuffer) {
        buffer.writeString(#"{"role":"\#(role.rawValue)","content":"#)
        buffer.writeJSONString(text)
        buffer.writeStaticString("}")
    }

    private func instructions(for start: CallStart) -> String {
        var parts = [settings.instructions]
        if let message = start.systemMessage { parts.append(message) }
        if let language = start.language { parts.append("The caller's language is \(language).") }
        return parts.joined(separator: "\n\n")
    }

    /// The lines, then what happened beside words.
    ///
    /// Callers and bots take turns, which some servers insist on: lines of one side on end become one message.
    private func messages(
        for occasion: ReplyOccasion,
        _ lines: [SpokenConversation.Line]
    ) -> [(Role, String)] {
        var messages: [(role: Role, text: String)] = []
        func append(_ role: Role, _ text: String) {
            if messages.last?.role == role {
                messages[messages.count - 1].text += "\n" + text
            } else {
                messages.append((role, text))
            }
        }
        for line in lines {
            append(line.speaker == .caller ? .user : .assistant, line.isCutOff ? line.text + " …" : line.text)
        }
        if let note = Self.note(for: occasion) { append(.user, note) }
        return messages
    }

    /// Some servers take the system's words only in front, so that the caller's side tells what is no speech.
    private static func note(for occasion: ReplyOccasion) -> String? {
        switch occasion {
        case .said: nil
        case .callBegan: "(The call has begun. Greet the caller.)"
        case .notUnderstood: "(The caller said something that could not be understood.)"
        case .pressed(let digit): "(The caller pressed the key \(digit).)"
        case .silent: "(The caller has said nothing for a while.)"
        }
    }

    private func writeTools(to buffer: inout ByteBuffer) {
        var tools: [String] = []
        if !settings.transfers.isEmpty {
            var names = ByteBuffer()
            for (index, name) in settings.transfers.keys.sorted().enumerated() {
                if index > 0 { names.writeStaticString(",") }
                names.writeJSONString(name)
            }
            tools.append(
                #"{"type":"function","function":{"name":"transfer","#
                    + #""description":"Connects the caller to somebody else, once your words were heard.","#
                    + #""parameters":{"type":"object","properties":{"destination":{"type":"string","enum":["#
                    + String(buffer: names) + #"]}},"required":["destination"]}}}"#
            )
        }
        if settings.mayHangUp {
            tools.append(
                #"{"type":"function","function":{"name":"hang_up","#
                    + #""description":"Ends the call, once your words were heard.","#
                    + #""parameters":{"type":"object","properties":{}}}}"#
            )
        }
        guard !tools.isEmpty else { return }
        buffer.writeString(#","tools":[\#(tools.joined(separator: ","))]"#)
    }
}
