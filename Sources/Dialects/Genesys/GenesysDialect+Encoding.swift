// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

extension GenesysDialect {
    /// Writes one command as one message.
    ///
    /// - Returns: `.none`, with nothing written, for a mark, which the wire has not, for a second hang-up, and for anything once the session is closed.
    /// - Throws: when the command cannot be said on this wire; nothing is written then, and no number is used up.
    package mutating func encode(
        _ command: CallCommand,
        into buffer: inout ByteBuffer
    ) throws(DialectError) -> OutboundFrame {
        switch command {
        case .utteranceEnd, .mark: return .none
        case .digits: throw .digitsNotCarried
        case .transfer(let target): return try writeTransfer(to: target, into: &buffer)
        case .clear:
            guard try isOpen() else { return .none }
            write("event", into: &buffer)
            buffer.writeStaticString(#"{"entities":[{"type":"barge_in","data":{}}]}}"#)
        case .hangUp(let reason):
            guard try isOpen(), ending == .none else { return .none }
            writeDisconnect("completed", info: reason, into: &buffer)
        }
        return .text
    }

    /// Writes the end that sets the flow's variable to the target.
    private mutating func writeTransfer(
        to target: TransferTarget,
        into buffer: inout ByteBuffer
    ) throws(DialectError) -> OutboundFrame {
        guard let variable = settings.transferVariable, case .flow(let flow) = target else {
            throw .notCarried(target.kind)
        }
        guard (1...1_024).contains(flow.utf8.count) else {
            throw .badTarget(.flow, problem: "has \(flow.utf8.count) bytes and must have 1 to 1024")
        }
        guard try isOpen(), ending == .none else { return .none }
        ending = .asked
        write("disconnect", into: &buffer)
        buffer.writeStaticString(#"{"reason":"completed","outputVariables":{"#)
        buffer.writeJSONString(variable)
        buffer.writeStaticString(":")
        buffer.writeJSONString(flow)
        buffer.writeStaticString("}}}")
        return .text
    }

    /// Writes the next answer that is due; `.none` when there is no more.
    package mutating func takeReply(into buffer: inout ByteBuffer) -> OutboundFrame {
        guard !replies.isEmpty, ending != .answered else { return .none }
        switch replies.removeFirst() {
        case .opened(let media): writeOpened(media, into: &buffer)
        case .pong: writeEmpty("pong", into: &buffer)
        case .updated: writeEmpty("updated", into: &buffer)
        case .closed:
            writeEmpty("closed", into: &buffer)
            ending = .answered
        case .disconnect(let info): writeDisconnect("error", info: info, into: &buffer)
        }
        return .text
    }

    /// Writes one piece of audio as one binary message; nothing before a stream is agreed on.
    package func encodeAudio(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> OutboundFrame {
        guard stream != nil, ending != .answered else { return .none }
        buffer.writeBytes(unsafe bytes.bytes)
        return .binary
    }

    /// Bytes of the message that ``encodeAudio(_:into:)`` writes for so many bytes of samples.
    package func audioMessageLength(payloadBytes: Int) -> Int { payloadBytes }
}
