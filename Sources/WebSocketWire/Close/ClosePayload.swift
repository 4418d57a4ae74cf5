// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// The payload of a close frame (RFC 6455 §5.5.1): nothing, or a code and a reason in UTF-8.
package struct ClosePayload: Sendable, Equatable {
    /// The code; ``CloseCode/noStatus`` when the payload was empty.
    package var code: CloseCode
    /// The reason, empty when there was none.
    package var reason: String

    /// The longest reason: a control frame's 125 bytes less the code.
    package static let maximumReasonLength = 123

    /// Makes a payload to send.
    ///
    /// A reason that is too long is cut before the character that does not fit. A code that may not be sent becomes
    /// 1000 when it stands for "no code" and 1011 else.
    package init(code: CloseCode, reason: String) {
        if code.isValidOnWire {
            self.code = code
        } else {
            self.code = code == .noStatus ? .normal : .internalError
        }
        var fitting = reason
        while fitting.utf8.count > Self.maximumReasonLength {
            fitting.unicodeScalars.removeLast()
        }
        self.reason = fitting
    }

    /// The answer to a received close frame: its code, or nothing when it had none.
    init(echoing code: CloseCode) {
        self.code = code
        self.reason = ""
    }

    /// Reads a received payload.
    ///
    /// - Throws: `WebSocketError` for a single byte, a code that may not be sent, or a reason that is not UTF-8.
    package init(parsing bytes: Span<UInt8>) throws(WebSocketError) {
        guard bytes.count > 0 else {
            code = .noStatus
            reason = ""
            return
        }
        guard bytes.count >= 2 else { throw .closePayloadTooShort }
        code = CloseCode(rawValue: UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
        guard code.isValidOnWire else { throw .invalidCloseCode(code) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count - 2)
        for index in 2..<bytes.count {
            text.append(bytes[index])
        }
        guard let decoded = String(validating: text, as: UTF8.self) else { throw .closeReasonNotUTF8 }
        reason = decoded
    }

    /// Appends the payload to `buffer`; nothing for ``CloseCode/noStatus``.
    func write(into buffer: inout ByteBuffer) {
        guard code != .noStatus else { return }
        buffer.writeInteger(code.rawValue)
        buffer.writeString(reason)
    }

    /// The number of bytes ``write(into:)`` appends.
    var byteCount: Int { code == .noStatus ? 0 : 2 + reason.utf8.count }
}
