// SPDX-License-Identifier: Apache-2.0

package import NIOCore

extension ByteBuffer {
    /// Writes a JSON string with its quotes: quote, backslash and control characters escaped, all else as it is.
    package mutating func writeJSONString(_ text: String) {
        let bytes = text.utf8Span.span
        guard !Self.mustEscape(bytes) else { return writeEscaped(bytes) }
        writeWithOutputRawSpan(minimumWritableBytes: bytes.count &+ 2) { output in
            output.append(ASCII.quote)
            output.append(bytes)
            output.append(ASCII.quote)
        }
    }

    private static func mustEscape(_ bytes: Span<UInt8>) -> Bool {
        // Viewing bytes as raw bytes reads nothing but initialised memory.
        var index = unsafe JSONScanner.endOfPlainBytes(bytes.bytes, from: 0)
        while index < bytes.count {
            let byte = bytes[index]
            guard byte >= 0x20, byte != ASCII.quote, byte != ASCII.backslash else { return true }
            index &+= 1
        }
        return false
    }

    private mutating func writeEscaped(_ bytes: Span<UInt8>) {
        writeInteger(ASCII.quote)
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case ASCII.quote, ASCII.backslash:
                writeInteger(ASCII.backslash)
                writeInteger(byte)
            case ASCII.lineFeed: writeStaticString("\\n")
            case ASCII.carriageReturn: writeStaticString("\\r")
            case ASCII.tab: writeStaticString("\\t")
            case 0..<0x20:
                writeStaticString("\\u00")
                writeInteger(ASCII.zero + byte >> 4)
                writeInteger(Array("0123456789abcdef".utf8)[Int(byte & 15)])
            default: writeInteger(byte)
            }
        }
        writeInteger(ASCII.quote)
    }
}
