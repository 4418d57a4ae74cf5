// SPDX-License-Identifier: Apache-2.0
import TestSupport

/// Messages of the platform, typed from its document.
enum Wire {
    static func start(
        call: String? = "call-1",
        stream: String? = "stream-1",
        encoding: String = "raw/slin",
        rate: Int = 8_000
    ) -> [UInt8] {
        let ids = [call.map { #""call_sid":"\#($0)","# }, stream.map { #""stream_sid":"\#($0)","# }].compactMap { $0 }
        return RawFrame.text(
            #"{"event":"start","sequence_number":"1","start":{"# + ids.joined()
                + #""from":"9810000001","to":"18000000002","media_format":{"encoding":"\#(encoding)","sample_rate":\#(rate)}}}"#
        )
    }

    static func media(_ bytes: [UInt8]) -> [UInt8] {
        RawFrame.text(#"{"event":"media","media":{"payload":"\#(PlainBase64.encode(bytes))"}}"#)
    }

    static func digit(_ digit: String) -> [UInt8] {
        RawFrame.text(#"{"event":"dtmf","dtmf":{"digit":"\#(digit)","duration":"120"}}"#)
    }

    static let stop = RawFrame.text(#"{"event":"stop","stop":{"reason":"stopped"}}"#)

    static let clear = #"{"type":"audio.clear"}"#
    static let hangUp = #"{"type":"session.hangup"}"#

    /// 16-bit samples as bytes, little-endian.
    static func bytes(_ samples: [Int16]) -> [UInt8] {
        samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    static func samples(_ bytes: [UInt8]) -> [Int16] {
        stride(from: 0, to: bytes.count - 1, by: 2).map {
            Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
        }
    }

    /// The audio in a message of the server's; nil when it is another message.
    static func audio(_ frame: RawFrame) -> [UInt8]? {
        let head = #"{"type":"response.audio.delta","delta":""#
        guard frame.isText, frame.text.hasPrefix(head), frame.text.hasSuffix("\"}") else { return nil }
        return PlainBase64.decode(Array(frame.text.utf8.dropFirst(head.utf8.count).dropLast(2)))
    }
}
