// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore

/// The calls with arrays and texts in place of spans, which a test's expressions cannot hold.
extension Dialect {
    mutating func event(_ text: String) throws(DialectError) -> CallEvent {
        let bytes = Array(text.utf8)
        return try decode(text: bytes.span)
    }

    mutating func event(binary: [UInt8]) throws(DialectError) -> CallEvent { try decode(binary: binary.span) }

    mutating func write(_ audio: [UInt8], into buffer: inout ByteBuffer) -> OutboundFrame {
        encodeAudio(audio.span, into: &buffer)
    }

    var media: [UInt8] {
        withMedia { bytes in bytes.indices.map { bytes[$0] } }
    }
}

extension IVRSolutionsDialect {
    mutating func event(_ text: String) throws(DialectError) -> CallEvent {
        let bytes = Array(text.utf8)
        return try decode(text: bytes.span)
    }

    mutating func event(binary: [UInt8]) -> CallEvent { decode(binary: binary.span) }

    func write(_ audio: [UInt8], into buffer: inout ByteBuffer) -> OutboundFrame {
        encodeAudio(audio.span, into: &buffer)
    }
}
