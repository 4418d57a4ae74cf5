// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// Compresses the messages of one direction (RFC 7692 §7.2.1).
struct MessageDeflater: ~Copyable {
    private let windowBits: Int
    private let keepsContext: Bool
    private var deflater: Deflater?

    init(windowBits: Int, keepsContext: Bool) {
        self.windowBits = windowBits
        self.keepsContext = keepsContext
    }

    /// Appends the compressed form of one whole message.
    mutating func deflate(_ message: Span<UInt8>, into output: inout ByteBuffer) throws(WebSocketError) {
        guard message.count > 0 else {
            // §7.2.3.6; zlib would not flush twice in a row without input.
            output.writeInteger(UInt8(0))
            return
        }
        if deflater == nil {
            deflater = try Deflater(windowBits: windowBits)
        }
        try deflater?.deflate(message, into: &output)
        // The last four bytes are those of an empty block, 00 00 FF FF; the receiver puts them back.
        output.moveWriterIndex(to: output.writerIndex - 4)
        if !keepsContext {
            deflater = nil
        }
    }

    /// Gives the window back: a sender may begin with an empty one at any message.
    mutating func releaseIdleMemory() {
        deflater = nil
    }
}
