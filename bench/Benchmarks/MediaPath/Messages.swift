// SPDX-License-Identifier: Apache-2.0
import Dialects
import NIOCore

/// Messages of the platform, as it writes them.
enum Messages {
    /// The beginning of a call.
    static let start = """
        {"event":"start","sequence_number":1,"stream_sid":"1790000000.41","start":{"stream_sid":"1790000000.41",\
        "call_sid":"call_1790000000000_x7k2p9","from":"9810000001","to":"18000000002",\
        "media_format":{"encoding":"raw/slin","sample_rate":8000}}}
        """

    /// 20 ms of noise.
    static func media(sequence: Int) -> String {
        var audio = ByteBuffer()
        audio.writeBase64(Sounds.bytes(count: 320).span)
        return """
            {"event":"media","sequence_number":\(sequence),"stream_sid":"1790000000.41",\
            "media":{"chunk":\(sequence - 1),"timestamp":"\(sequence * 20)","payload":"\(String(buffer: audio))"}}
            """
    }
}
