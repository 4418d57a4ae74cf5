// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// Turns received bytes into messages and control frames (RFC 6455 §5.4–§5.6, §8.1).
///
/// It owns the memory it unmasks in: the layer below may still hold the buffer the bytes came in. A message in one
/// uncompressed frame stays where it was received; the frames of a longer one are gathered in a second buffer.
struct MessageReader: ~Copyable {
    /// Where the payload handed out last lies.
    enum Delivered {
        case none
        /// The first bytes of `inbound`, this many.
        case inPlace(Int)
        /// All of `assembled`.
        case assembled
    }

    /// The message whose first frame has been seen and whose last has not.
    struct Message {
        var opcode: Opcode
        var isCompressed: Bool
        var fragments: Int
    }

    let limits: MessageLimits
    var rules: FrameHeader.Rules
    /// Received and not yet used up.
    var inbound = ByteBuffer()
    /// The payload of the message under way, when it does not lie in `inbound`.
    var assembled = ByteBuffer()
    /// The frame whose payload is under way.
    var frame: FrameHeader?
    /// How much of that frame's payload has been unmasked and checked.
    var processed = 0
    var message: Message?
    var validator = UTF8Validator()
    var delivered = Delivered.none
    /// There when compression was agreed on.
    var inflater: MessageInflater?

    init(role: WebSocketRole, limits: MessageLimits, compression: CompressionParameters? = nil) {
        self.limits = limits
        // Data that cannot be compressed grow by five bytes in each block of some thousand.
        let overhead = compression == nil ? 0 : limits.maximumFrameBytes / 1024 + 64
        self.rules = FrameHeader.Rules(
            role: role,
            allowsCompression: compression != nil,
            maximumPayloadLength: limits.maximumFrameBytes + overhead
        )
        if let compression {
            inflater =
                role == .server
                ? MessageInflater(
                    windowBits: compression.clientMaxWindowBits,
                    keepsContext: !compression.clientNoContextTakeover
                )
                : MessageInflater(
                    windowBits: compression.serverMaxWindowBits,
                    keepsContext: !compression.serverNoContextTakeover
                )
        }
    }

    /// Appends received bytes.
    ///
    /// Ends the life of the payload handed out last.
    mutating func receive(_ bytes: Span<UInt8>) {
        releaseDelivered()
        if inbound.readableBytes == 0 {
            inbound.empty(retaining: limits.retainedBufferBytes)
        } else if inbound.writableBytes < bytes.count {
            inbound.discardReadBytes()
        }
        inbound.append(bytes)
    }

    /// The payload of the unit returned last, until the next call that changes the reader.
    func withPayload<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch delivered {
        case .none: try body(Span())
        case .inPlace(let count): try body(inbound.readableBytesUInt8Span.extracting(first: count))
        case .assembled: try body(assembled.readableBytesUInt8Span)
        }
    }

    /// Moves the payload of the unit returned last out of the reader, without a copy where nothing else is in its buffer.
    mutating func takePayload() -> ByteBuffer {
        defer { delivered = .none }
        switch delivered {
        case .none:
            return ByteBuffer()
        case .inPlace(let count) where count == inbound.readableBytes:
            return Self.take(&inbound)
        case .inPlace(let count):
            var copy = ByteBuffer()
            copy.append(inbound.readableBytesUInt8Span.extracting(first: count))
            inbound.moveReaderIndex(forwardBy: count)
            return copy
        case .assembled:
            return Self.take(&assembled)
        }
    }

    /// Drops the payload handed out last.
    mutating func releaseDelivered() {
        switch delivered {
        case .none: return
        case .inPlace(let count): inbound.moveReaderIndex(forwardBy: count)
        case .assembled: assembled.empty(retaining: limits.retainedBufferBytes)
        }
        delivered = .none
    }

    /// Drops everything received: nothing is read after the end.
    mutating func discardAll() {
        delivered = .none
        inbound = ByteBuffer()
        assembled = ByteBuffer()
    }

    /// Gives back the memory of buffers that hold nothing.
    mutating func releaseIdleMemory() {
        guard case .none = delivered else { return }
        if inbound.readableBytes == 0 { inbound = ByteBuffer() }
        if message == nil { assembled = ByteBuffer() }
    }

    private static func take(_ buffer: inout ByteBuffer) -> ByteBuffer {
        let taken = buffer
        buffer = ByteBuffer()
        return taken
    }
}
