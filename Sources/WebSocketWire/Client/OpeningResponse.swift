// SPDX-License-Identifier: Apache-2.0
package import NIOCore

/// The head of the server's answer to the opening request (RFC 9112 §4).
package struct OpeningResponse {
    /// The longest head that is read, in bytes.
    package static let maximumBytes = 16_384

    /// The status.
    package let status: Int
    /// The header fields.
    package let headers: HandshakeHeaders

    /// Takes the head out of `buffer` and leaves what follows it; nil when it is not all there yet.
    package init?(from buffer: inout ByteBuffer) throws(OpeningResponseError) {
        let view = buffer.readableBytesView
        let end = Array("\r\n\r\n".utf8)
        guard let index = view.indices.first(where: { view[$0...].starts(with: end) }) else {
            guard view.count <= Self.maximumBytes else {
                throw .tooLong
            }
            return nil
        }
        let length = index - view.startIndex
        let head = buffer.readString(length: length) ?? ""
        buffer.moveReaderIndex(forwardBy: end.count)
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw .notHTTP(String(lines[0].prefix(60)))
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

/// Why an answer to the opening request cannot be read.
package enum OpeningResponseError: Error, Equatable, CustomStringConvertible {
    /// Its head is longer than ``OpeningResponse/maximumBytes``.
    case tooLong
    /// Its first line is none of HTTP; the line's beginning.
    case notHTTP(String)

    package var description: String {
        switch self {
        case .tooLong: "the server answers with a head of more than 16 KiB; is it an HTTP server?"
        case .notHTTP(let line): "the server's answer is not HTTP: '\(line)'"
        }
    }
}
