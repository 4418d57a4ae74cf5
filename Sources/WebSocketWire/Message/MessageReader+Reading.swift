// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

extension MessageReader {
    /// The next message or control frame, or `nil` when more bytes are needed.
    ///
    /// Ends the life of the last payload.
    mutating func next() throws(WebSocketError) -> IncomingUnit? {
        releaseDelivered()
        while true {
            if let frame {
                guard let unit = try read(frame) else {
                    guard self.frame == nil else { return nil }
                    continue
                }
                return unit
            }
            guard let header = try FrameHeader.parse(inbound.readableBytesUInt8Span, rules: rules) else {
                if inbound.readableBytes == 0 { inbound.empty(retaining: limits.retainedBufferBytes) }
                return nil
            }
            if let unit = try readWhole(header) { return unit }
            try admit(header)
            inbound.moveReaderIndex(forwardBy: header.headerLength)
            frame = header
            processed = 0
        }
    }

    /// Checks a header against the message under way, before its payload is kept.
    private mutating func admit(_ header: FrameHeader) throws(WebSocketError) {
        switch header.opcode {
        case .close, .ping, .pong:
            return
        case .text, .binary:
            guard message == nil else { throw .missingContinuation(header.opcode) }
            message = Message(opcode: header.opcode, isCompressed: header.isCompressed, fragments: 1)
            validator = UTF8Validator()
        case .continuation:
            guard let fragments = message?.fragments else { throw .unexpectedContinuation }
            guard fragments < limits.maximumFragments else { throw .tooManyFragments(limit: limits.maximumFragments) }
            message?.fragments = fragments + 1
        }
        guard message?.isCompressed != true else { return }
        // Both are at most the limits' sizes: no overflow.
        guard header.payloadLength <= limits.maximumMessageBytes - assembled.readableBytes else {
            throw .messageTooLong(limit: limits.maximumMessageBytes)
        }
    }

    /// Works on the payload of `frame` as far as it is there.
    ///
    /// - Returns: The unit that is now whole; `nil` when bytes are missing or, with `self.frame` gone, when the frame
    ///   did not complete a message.
    private mutating func read(_ frame: FrameHeader) throws(WebSocketError) -> IncomingUnit? {
        if frame.opcode.isControl {
            return readControl(frame)
        }
        guard let message else { throw .unexpectedContinuation }
        if frame.isFinal && message.fragments == 1 && !message.isCompressed {
            return try readInPlace(frame, isText: message.opcode == .text)
        }
        return try gather(frame, of: message)
    }

    private mutating func readControl(_ frame: FrameHeader) -> IncomingUnit? {
        guard inbound.readableBytes >= frame.payloadLength else { return nil }
        unmask(frame, 0..<frame.payloadLength)
        self.frame = nil
        delivered = .inPlace(frame.payloadLength)
        switch frame.opcode {
        case .close: return .close
        case .ping: return .ping
        default: return .pong
        }
    }

    /// A message in one frame stays in `inbound`; text is checked as it comes.
    private mutating func readInPlace(_ frame: FrameHeader, isText: Bool) throws(WebSocketError) -> IncomingUnit? {
        let available = min(inbound.readableBytes, frame.payloadLength)
        unmask(frame, processed..<available)
        if isText {
            guard validator.consume(inbound, processed..<available) else { throw .textNotUTF8 }
        }
        processed = available
        guard available == frame.payloadLength else { return nil }
        guard !isText || validator.isComplete else { throw .textNotUTF8 }
        delivered = .inPlace(available)
        self.frame = nil
        message = nil
        return isText ? .text : .binary
    }

    /// A fragment is moved to `assembled` as it comes.
    private mutating func gather(_ frame: FrameHeader, of message: Message) throws(WebSocketError) -> IncomingUnit? {
        let available = min(inbound.readableBytes, frame.payloadLength - processed)
        unmask(frame, 0..<available, phase: processed)
        let isText = message.opcode == .text
        let known = assembled.readableBytes
        let isLast = frame.isFinal && processed + available == frame.payloadLength
        if message.isCompressed {
            try inflate(available, isLast: isLast, isText: isText)
        } else {
            assembled.append(inbound, first: available)
        }
        inbound.moveReaderIndex(forwardBy: available)
        processed += available
        if isText {
            guard validator.consume(assembled, known..<assembled.readableBytes) else { throw .textNotUTF8 }
        }
        guard processed == frame.payloadLength else { return nil }
        self.frame = nil
        guard frame.isFinal else { return nil }
        guard !isText || validator.isComplete else { throw .textNotUTF8 }
        delivered = .assembled
        self.message = nil
        return isText ? .text : .binary
    }

    /// Inflates the first `count` bytes of `inbound` into `assembled`.
    private mutating func inflate(_ count: Int, isLast: Bool, isText: Bool) throws(WebSocketError) {
        let known = assembled.readableBytes
        do throws(WebSocketError) {
            try inflater?.inflate(inbound, first: count, into: &assembled, limit: limits.maximumMessageBytes)
            if isLast {
                try inflater?.finish(into: &assembled, limit: limits.maximumMessageBytes)
            }
        } catch {
            // The fault that comes first in the stream counts, however the stream is cut up.
            if isText, !validator.consume(assembled, known..<assembled.readableBytes) { throw .textNotUTF8 }
            throw error
        }
    }
}
