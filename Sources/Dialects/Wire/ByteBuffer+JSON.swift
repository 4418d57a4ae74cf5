// SPDX-License-Identifier: Apache-2.0

package import NIOCore

extension ByteBuffer {
    /// Writes a JSON string with its quotes: quote, backslash and control characters escaped, all else as it is.
    package mutating func writeJSONString(_ text: String) {
        writeInteger(ASCII.quote)
        for byte in text.utf8 {
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
