// SPDX-License-Identifier: Apache-2.0
import TransportSecurity

/// An answer to a request.
struct HTTPAnswer: Sendable, Equatable {
    var status: Int
    var fields: [(name: String, value: String)]
    var body: String

    /// The value of the only field of a name.
    subscript(_ name: String) -> String? {
        let values = fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.count == 1 ? values[0] : nil
    }

    static func == (left: HTTPAnswer, right: HTTPAnswer) -> Bool {
        left.status == right.status && left.body == right.body
            && left.fields.map { "\($0.name): \($0.value)" } == right.fields.map { "\($0.name): \($0.value)" }
    }

    /// Takes an answer from the front of bytes.
    static func take(_ bytes: inout ArraySlice<UInt8>) -> HTTPAnswer? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let status = lines.removeFirst().split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let fields = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (name: String(parts[0]), value: String(parts.count > 1 ? parts[1].drop { $0 == " " } : ""))
        }
        var answer = HTTPAnswer(status: status, fields: fields, body: "")
        let length = answer["Content-Length"].flatMap { Int($0) } ?? 0
        guard bytes[end.upperBound...].count >= length else { return nil }
        answer.body = String(decoding: bytes[end.upperBound...].prefix(length), as: UTF8.self)
        bytes = bytes[end.upperBound...].dropFirst(length)
        return answer
    }
}

extension RawClient {
    /// Waits for an answer; nil when the server closes without one.
    func answer() async throws -> HTTPAnswer? { try await take("answer", HTTPAnswer.take) }

    /// The fields of a good opening handshake; the key is the one of RFC 6455 §1.3.
    static let handshakeFields = [
        "Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
    ]

    /// A request as text.
    static func request(
        _ line: String = "GET /v1/ivr-solutions HTTP/1.1",
        _ fields: [String] = handshakeFields,
        adding more: [String] = [],
        body: String = ""
    ) -> String {
        ([line] + fields + more).map { $0 + "\r\n" }.joined() + "\r\n" + body
    }

    /// Sends one request on a connection of its own and gives the answer.
    static func ask(_ port: Int, _ request: String, tls: TLSContext? = nil) async throws -> HTTPAnswer? {
        let client = try await connect(port, tls: tls)
        try await client.send(request)
        let answer = try await client.answer()
        try await client.drop()
        return answer
    }

    /// A client behind an accepted upgrade; `following` goes out in one piece with the end of the handshake.
    static func open(
        _ port: Int,
        path: String = "/v1/ivr-solutions",
        fields: [String] = [],
        tls: TLSContext? = nil,
        receiveBuffer: Int32? = nil,
        following: [UInt8] = []
    ) async throws -> RawClient {
        let client = try await connect(port, tls: tls, receiveBuffer: receiveBuffer)
        try await client.send(Array(request("GET \(path) HTTP/1.1", adding: fields).utf8) + following)
        guard let answer = try await client.answer(), answer.status == 101,
            answer["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        else { throw Watched<Received>.Overdue(description: "no upgrade") }
        return client
    }
}
