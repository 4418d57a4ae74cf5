// SPDX-License-Identifier: Apache-2.0

#if Opus
import COpus
import TelephonyAudio

/// Both sides of a call as an Ogg Opus file (RFC 7845) by the system's libopusenc.
///
/// The two channels of one stream keep their places to the sample: the file's head says by how much the encoder is late, and
/// players take that away. A page ends with every piece that was given, so that all but the last frame of 20 ms is in the
/// file; what a crash leaves is a file without its last page's end mark, which players do not ask for.
@safe final class OpusEncoder: RecordingEncoder {
    private let encoder: OpaquePointer
    private var samples: [Int16] = []

    /// An encoder of two channels.
    ///
    /// - Throws: ``CallRecordsError`` when the library has no room.
    init(rate: SampleRate) throws(CallRecordsError) {
        var code: Int32 = 0
        let made = unsafe voicebridge_opus_make(Int32(rate.rawValue), Self.bitRate(rate), Self.bandwidth(rate), &code)
        guard let made = unsafe made else { throw Self.error("begin", code) }
        unsafe encoder = made
    }

    deinit { unsafe ope_encoder_destroy(encoder) }

    func encode(_ samples: [UInt8]) throws(CallRecordsError) -> [UInt8] {
        let count = samples.count / 2
        if self.samples.count < count { self.samples = [Int16](repeating: 0, count: count) }
        var room = self.samples.mutableSpan
        LittleEndianPCM.decode(samples.span, into: &room)
        let code = unsafe self.samples.withUnsafeBufferPointer {
            unsafe ope_encoder_write(encoder, $0.baseAddress, Int32(count / 2))
        }
        guard code == OPE_OK else { throw Self.error("encode", code) }
        return pages()
    }

    func finish() throws(CallRecordsError) -> [UInt8] {
        let code = unsafe ope_encoder_drain(encoder)
        guard code == OPE_OK else { throw Self.error("complete", code) }
        return pages()
    }

    /// The pages that are there, and the one that has begun.
    private func pages() -> [UInt8] {
        var bytes: [UInt8] = []
        var page: UnsafeMutablePointer<UInt8>?
        var count: Int32 = 0
        while unsafe ope_encoder_get_page(encoder, &page, &count, 1) != 0 {
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: page, count: Int(count)))
        }
        return bytes
    }

    /// Bits per second of both channels: with a fifth less the encoder merges the sides.
    private static func bitRate(_ rate: SampleRate) -> Int32 {
        rate.rawValue <= 8_000 ? 40_000 : rate.rawValue <= 16_000 ? 64_000 : 96_000
    }

    private static func bandwidth(_ rate: SampleRate) -> Int32 {
        switch rate.rawValue {
        case ...8_000: OPUS_BANDWIDTH_NARROWBAND
        case ...16_000: OPUS_BANDWIDTH_WIDEBAND
        case ...24_000: OPUS_BANDWIDTH_SUPERWIDEBAND
        default: OPUS_BANDWIDTH_FULLBAND
        }
    }

    private static func error(_ what: String, _ code: Int32) -> CallRecordsError {
        let cause = unsafe ope_strerror(code).map { unsafe String(cString: $0) } ?? "\(code)"
        return CallRecordsError("cannot \(what) a recording in Opus (libopusenc: \(cause))")
    }
}
#endif
