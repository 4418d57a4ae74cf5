// SPDX-License-Identifier: Apache-2.0
import NIOCore
import WebSocketWire

/// The head of the server's answer to the opening request (RFC 9112 §4).
struct OpeningResponse {
    /// The longest head that is read, in bytes.
    static let maximumBytes = 16_384

    let status: Int
    let headers: HandshakeHeaders

    /// Takes the head out of `buffer` and leaves what follows it; nil when it is not all there yet.
    init?(from buffer: inout ByteBuffer) throws(SimulatedCallError) {
        let view = buffer.readableBytesView
        let end = Array("\r\n\r\n".utf8)
        guard let index = view.indices.first(where: { view[$0...].starts(with: end) }) else {
            guard view.count <= Self.maximumBytes else {
                throw SimulatedCallError("the server answers with a head of more than 16 KiB; is it an HTTP server?")
            }
            return nil
        }
        let length = index - view.startIndex
        let head = buffer.readString(length: length) ?? ""
        buffer.moveReaderIndex(forwardBy: end.count)
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw SimulatedCallError("the server's answer is not HTTP: '\(lines[0].prefix(60))'")
        }
        self.status = status
        var headers = HandshakeHeaders()
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers.append(String(line[..<colon]), String(line[line.index(after: colon)...]))
        }
        self.headers = headers
    }
}
