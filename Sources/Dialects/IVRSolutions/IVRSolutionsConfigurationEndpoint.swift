// SPDX-License-Identifier: Apache-2.0

package import CallModel
import NIOCore

/// Answers the platform's `CONFIG_API` request for an inbound call: where to connect, with which header fields, and
/// which audio to send.
///
/// The route's credentials are checked before it is asked; its answer carries them, so its address must be as well
/// protected as the route's own.
package struct IVRSolutionsConfigurationEndpoint: HTTPReceiver {
    /// The path where none is configured.
    package static let defaultPath = "/v1/ivr-solutions/config"
    /// The longest body that is read, in bytes.
    package static let maximumBodyBytes = 65_536

    private let answer: [UInt8]

    /// An endpoint that answers every call alike.
    ///
    /// - Parameters:
    ///   - publicURL: where the platform connects: the `wss` URL of the route as seen from outside (`ws` only for
    ///     trials on one machine).
    ///   - headers: header fields that the platform shall send with the upgrade.
    ///   - audioFormat: the audio that the platform shall send.
    /// - Throws: when the URL is none, or a header field could not be sent.
    package init(
        publicURL: String,
        headers: [(name: String, value: Secret)] = [],
        audioFormat: AudioFormat = .linear8kHz
    ) throws(DialectError) {
        let scheme = ["wss://", "ws://"].first(where: publicURL.lowercased().hasPrefix)
        guard let scheme, publicURL.utf8.count > scheme.utf8.count,
            publicURL.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .badOption("public_url", problem: "must be a wss:// URL without spaces") }
        var names: Set<String> = []
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(Self.isTokenCharacter) else {
                throw .badOption("headers", problem: "holds a name that is no HTTP field name")
            }
            guard names.insert(header.name.lowercased()).inserted else {
                throw .badOption("headers", problem: "holds \(header.name.prefixed(toBytes: 64)) twice")
            }
            guard header.value.reveal().utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                let name = header.name.prefixed(toBytes: 64)
                throw .badOption("headers", problem: "holds a control character in the value of \(name)")
            }
        }
        answer = Self.answer(publicURL: publicURL, headers: headers, audioFormat: audioFormat)
    }

    /// Answers one request.
    ///
    /// 200 with the connection's data; 405 for a method other than POST, 413 for a body that is too large, 400 for one
    /// that is not the platform's.
    package func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
        guard request.method == "POST" else {
            return Self.refusal(405, "method_not_allowed", "Send the call's data by POST.")
        }
        guard request.body.count <= Self.maximumBodyBytes else {
            return Self.refusal(413, "body_too_large", "The body may have at most \(Self.maximumBodyBytes) bytes.")
        }
        guard IVRSolutionsConfigurationRequest(body: request.body) != nil else {
            let fields = "From, To, Direction, FlowId, SessionId and ServerId"
            return Self.refusal(400, "bad_request", "The body must be one JSON object in which \(fields) are texts.")
        }
        return HTTPReply(status: 200, contentType: "application/json", body: answer)
    }

    private static func answer(
        publicURL: String,
        headers: [(name: String, value: Secret)],
        audioFormat: AudioFormat
    ) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.writeStaticString(#"{"url":"#)
        buffer.writeJSONString(publicURL)
        buffer.writeStaticString(#","wsHeaders":{"#)
        for (index, header) in headers.enumerated() {
            if index > 0 { buffer.writeStaticString(",") }
            buffer.writeJSONString(header.name)
            buffer.writeStaticString(":")
            buffer.writeJSONString(header.value.reveal())
        }
        buffer.writeStaticString(#"},"audioFormat":{"encoding":"#)
        buffer.writeJSONString(audioFormat.encoding.rawValue)
        buffer.writeStaticString(#","sampleRate":"#)
        buffer.writeString(String(audioFormat.sampleRate))
        buffer.writeStaticString("}}")
        return Array(buffer.readableBytesView)
    }

    private static func refusal(_ status: Int, _ code: String, _ message: String) -> HTTPReply {
        var buffer = ByteBuffer()
        buffer.writeStaticString(#"{"error":{"code":"#)
        buffer.writeJSONString(code)
        buffer.writeStaticString(#","message":"#)
        buffer.writeJSONString(message)
        buffer.writeStaticString("}}")
        return HTTPReply(status: status, contentType: "application/json", body: Array(buffer.readableBytesView))
    }

    /// Whether a byte may stand in a field's name (RFC 9110 §5.6.2).
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || ASCII.lowercased(byte) &- UInt8(ascii: "a") < 26 || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
