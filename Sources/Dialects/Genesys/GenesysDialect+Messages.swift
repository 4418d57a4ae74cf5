// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore

extension GenesysDialect {
    /// Whether more may be said; throws before a stream is agreed on.
    func isOpen() throws(DialectError) -> Bool {
        guard stream != nil else { throw .notStarted }
        return ending != .answered
    }

    /// Writes the stream that is taken.
    mutating func writeOpened(_ media: GenesysMedia, into buffer: inout ByteBuffer) {
        write("opened", into: &buffer)
        buffer.writeStaticString(#"{"startPaused":false,"media":[{"type":"audio","format":""#)
        buffer.writeString(media.name)
        buffer.writeStaticString(#"","channels":["external""#)
        if media.isStereo { buffer.writeStaticString(#","internal""#) }
        buffer.writeStaticString(#"],"rate":8000}]}}"#)
    }

    /// Writes that we want the end, and why.
    mutating func writeDisconnect(_ reason: StaticString, info: String?, into buffer: inout ByteBuffer) {
        ending = .asked
        write("disconnect", into: &buffer)
        buffer.writeStaticString(#"{"reason":""#)
        buffer.writeStaticString(reason)
        buffer.writeStaticString(#"""#)
        if let info, !info.isEmpty {
            buffer.writeStaticString(#","info":"#)
            buffer.writeJSONString(info.prefixed(toBytes: 256))
        }
        buffer.writeStaticString("}}")
    }

    /// Writes a message without parameters.
    mutating func writeEmpty(_ type: StaticString, into buffer: inout ByteBuffer) {
        write(type, into: &buffer)
        buffer.writeStaticString("{}}")
    }

    /// Writes a message up to the value of `parameters`.
    mutating func write(_ type: StaticString, into buffer: inout ByteBuffer) {
        buffer.writeStaticString(#"{"version":"2","id":"#)
        buffer.writeJSONString(envelope.id)
        buffer.writeStaticString(#","type":""#)
        buffer.writeStaticString(type)
        buffer.writeStaticString(#"","seq":"#)
        buffer.writeString(String(envelope.nextNumber()))
        buffer.writeStaticString(#","clientseq":"#)
        buffer.writeString(String(envelope.clientSequence))
        buffer.writeStaticString(#","parameters":"#)
    }
}
