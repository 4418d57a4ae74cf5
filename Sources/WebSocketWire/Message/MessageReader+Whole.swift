// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

extension MessageReader {
    /// The usual message: one frame, not compressed, all there; `nil` with nothing done when it is another.
    mutating func readWhole(_ header: FrameHeader) throws(WebSocketError) -> IncomingUnit? {
        let isText = header.opcode == .text
        let length = header.payloadLength
        guard isText || header.opcode == .binary, header.isFinal, !header.isCompressed, message == nil,
            length <= limits.maximumMessageBytes, inbound.readableBytes - header.headerLength >= length
        else { return nil }
        inbound.moveReaderIndex(forwardBy: header.headerLength)
        let isKnownASCII = unmask(header, 0..<length)
        if isText, !isKnownASCII {
            var validator = UTF8Validator()
            guard validator.consume(inbound, 0..<length), validator.isComplete else { throw .textNotUTF8 }
        }
        delivered = .inPlace(length)
        return isText ? .text : .binary
    }

    /// Unmasks a range of `inbound`'s readable bytes, whose first is at `phase` of the payload (its own place if `nil`).
    ///
    /// - Returns: Whether they were masked, and are ASCII.
    @discardableResult
    mutating func unmask(_ frame: FrameHeader, _ range: Range<Int>, phase: Int? = nil) -> Bool {
        guard let key = frame.maskingKey, !range.isEmpty else { return false }
        var bytes = inbound.mutableReadableBytesSpan
        return Masking.apply(to: &bytes, range: range, key: key, phase: phase ?? range.lowerBound)
    }
}
