// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore

extension DialectCall {
    /// The event of one binary message.
    mutating func event(binary: [UInt8]) throws -> CallEvent { try dialect.event(binary: binary) }

    /// The texts of the answers that are due.
    mutating func replies() -> [String] {
        var texts: [String] = []
        var buffer = ByteBuffer()
        while dialect.takeReply(into: &buffer) == .text {
            texts.append(String(buffer: buffer))
            buffer.clear()
        }
        return texts
    }

    /// The message of one piece of audio, whatever its kind.
    mutating func message(of audio: [UInt8]) -> (kind: OutboundFrame, bytes: [UInt8]) {
        var buffer = ByteBuffer()
        let kind = dialect.write(audio, into: &buffer)
        return (kind, Array(buffer.readableBytesView))
    }
}
