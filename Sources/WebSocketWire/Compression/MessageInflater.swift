// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// Decompresses the messages of one direction (RFC 7692 §7.2.2).
struct MessageInflater: ~Copyable {
    private let windowBits: Int
    private let keepsContext: Bool
    /// There from the first compressed message on; with context takeover to the end, for the peer may refer to it.
    private var inflater: Inflater?
    /// Whether the message under way has had a byte.
    private var hasInput = false

    init(windowBits: Int, keepsContext: Bool) {
        self.windowBits = windowBits
        self.keepsContext = keepsContext
    }

    /// Appends what the next bytes of a message decode to; stops above `limit` bytes in `output`.
    mutating func inflate(
        _ input: Span<UInt8>,
        into output: inout ByteBuffer,
        limit: Int
    ) throws(WebSocketError) {
        guard input.count > 0 else { return }
        hasInput = true
        if inflater == nil {
            inflater = try Inflater(windowBits: windowBits)
        }
        try inflater?.inflate(input, into: &output, limit: limit)
    }

    /// Takes a range of the readable bytes of `buffer`; see ``inflate(_:into:limit:)-(Span<UInt8>,_,_)``.
    mutating func inflate(
        _ buffer: borrowing ByteBuffer,
        first count: Int,
        into output: inout ByteBuffer,
        limit: Int
    ) throws(WebSocketError) {
        try inflate(buffer.readableBytesUInt8Span.extracting(first: count), into: &output, limit: limit)
    }

    /// Ends a message: adds the four bytes its sender left out, and wants the data to end there.
    mutating func finish(into output: inout ByteBuffer, limit: Int) throws(WebSocketError) {
        defer { hasInput = false }
        // A payload of no bytes is not in the RFC (an empty message is one byte), but can only mean one thing.
        guard hasInput else { return }
        // A sender that ended with BFINAL may have left out the empty block, too.
        if inflater?.isAtStreamEnd == false {
            let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]
            try inflater?.inflate(tail.span, into: &output, limit: limit)
            guard inflater?.isBetweenBlocks == true else { throw .invalidCompressedData }
        }
        if !keepsContext {
            inflater = nil
        }
    }
}
